package main

import (
	"net/http"

	"github.com/sirupsen/logrus"
)

func main() {
	logrus.SetFormatter(&logrus.TextFormatter{FullTimestamp: true}) // want `logrus.TextFormatter writes text`
	logrus.Infof("on %d", 8080)
	http.ListenAndServe(":8080", nil)
}
