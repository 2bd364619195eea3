// Command logrusrequest binds what belongs to a request.
package main

import (
	"net/http"

	"github.com/sirupsen/logrus"
)

func main() {
	logger := logrus.New() // want "root logger carries no service and no version"
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		logger.WithFields(logrus.Fields{"service": "orders", "version": r.Proto}).Info("request")
	})
	http.ListenAndServe(":8080", nil)
}
