// Command ginotel traces what gin answers.
package main

import (
	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace/noop"
)

func main() {
	otel.SetTracerProvider(noop.NewTracerProvider())
	r := gin.New()
	r.Use(otelgin.Middleware("shop"))
	r.Run(":8080")
}
