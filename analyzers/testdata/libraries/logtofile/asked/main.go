// Command asked writes to a file if somebody asks for it.
package main

import (
	"flag"
	"net/http"
	"os"

	"github.com/sirupsen/logrus"
)

func main() {
	path := flag.String("log-file", "", "where to log")
	flag.Parse()
	if *path != "" {
		file, err := os.Create(*path)
		if err != nil {
			panic(err)
		}
		logrus.SetOutput(file)
	}
	if os.Getenv("ENV") == "dev" {
		toFile()
	}
	http.ListenAndServe(":8080", nil)
}

// toFile is for development only.
func toFile() {
	file, _ := os.Create("app.log")
	logrus.SetOutput(file)
}
