// Command logrusentry keeps an entry.
package main

import (
	"net/http"

	"github.com/sirupsen/logrus"
)

func main() {
	logger := logrus.New()
	logger.SetFormatter(&logrus.JSONFormatter{})
	entry := logger.WithFields(logrus.Fields{"service": "orders", "version": version})
	entry.Info("serving")
	http.ListenAndServe(":8080", nil)
}

var version = "dev"
