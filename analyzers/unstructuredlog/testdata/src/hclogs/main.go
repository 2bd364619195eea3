package main

import (
	"io"
	"net/http"
	"os"

	"github.com/hashicorp/go-hclog"
)

func main() {
	hclog.New(&hclog.LoggerOptions{Name: "a"}).Info("starting") // want `hclog.LoggerOptions writes text; set LoggerOptions.JSONFormat`
	hclog.New(&hclog.LoggerOptions{JSONFormat: true, Output: os.Stderr}).Info("starting")
	other(os.Stdout)
	http.ListenAndServe(":8080", nil)
}

func other(w io.Writer) { hclog.New(&hclog.LoggerOptions{Output: w}).Info("starting") }
