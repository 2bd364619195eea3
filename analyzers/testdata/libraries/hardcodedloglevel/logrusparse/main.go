// Command logrusparse parses the level.
package main

import (
	"net/http"
	"os"

	"github.com/sirupsen/logrus"
)

func main() {
	level, err := logrus.ParseLevel(env("LOG_LEVEL", "info"))
	if err != nil {
		level = logrus.InfoLevel
	}
	logrus.SetLevel(level)
	logrus.Info("serving")
	http.ListenAndServe(":8080", nil)
}

func env(name, fallback string) string {
	if value, ok := os.LookupEnv(name); ok {
		return value
	}
	return fallback
}
