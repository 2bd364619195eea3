package main

import (
	"net/http"

	"go.uber.org/zap"
)

func main() {
	l, _ := zap.NewDevelopment() // want `zap.NewDevelopment writes text`
	l.Info("starting")
	c := zap.NewDevelopmentConfig()
	c.Encoding = "json"
	p := zap.NewProductionConfig()
	p.Encoding = "json"
	http.ListenAndServe(":8080", nil)
}
