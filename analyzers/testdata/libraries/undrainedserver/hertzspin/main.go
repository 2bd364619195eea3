package main

import (
	"time"

	"github.com/cloudwego/hertz/pkg/app/server"
)

func main() {
	h := server.Default(server.WithHostPorts(":8080"), server.WithExitWaitTime(10*time.Second))
	h.Spin()
}
