package main

import (
	"net/http"

	"github.com/sirupsen/logrus"
)

var log = logrus.New()

func init() { log.Formatter = &logrus.JSONFormatter{} }

func main() {
	log.Infof("on %d", 8080)
	http.ListenAndServe(":8080", nil)
}
