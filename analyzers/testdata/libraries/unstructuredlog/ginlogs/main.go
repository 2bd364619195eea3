// Command ginlogs installs access logs of gin.
package main

import (
	"github.com/gin-gonic/gin"
)

func main() {
	router := gin.New()
	router.Use(gin.Logger())                                                           // want "gin.Logger writes its access log as text"
	router.Use(gin.LoggerWithConfig(gin.LoggerConfig{SkipPaths: []string{"/health"}})) // want "gin.LoggerWithConfig writes"
	router.Use(gin.LoggerWithConfig(gin.LoggerConfig{Formatter: func(p gin.LogFormatterParams) string { return "{}" }}))
	router.Run(":8080")
}
