// Command logruses sets the writers of its loggers.
package main

import (
	"net/http"
	"os"

	"github.com/sirupsen/logrus"
)

func main() {
	file, _ := os.Create("app.log")
	logrus.SetOutput(file) // want "the log goes to app.log"
	other := logrus.New()
	other.Out = os.Stdout
	device := logrus.New()
	stream, _ := os.OpenFile("/dev/stderr", os.O_WRONLY, 0)
	device.SetOutput(stream)
	http.ListenAndServe(":8080", nil)
}
