// Command logrusset sets a constant level.
package main

import (
	"net/http"

	"github.com/sirupsen/logrus"
)

func main() {
	logger := newLogger(logrus.DebugLevel) // want "log level is always debug"
	logger.Info("serving")
	http.ListenAndServe(":8080", nil)
}

func newLogger(level logrus.Level) *logrus.Logger {
	logger := logrus.New()
	logger.SetLevel(level)
	return logger
}
