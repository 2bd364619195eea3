package main

import (
	"time"

	"github.com/cloudwego/hertz/pkg/app/server"
)

func main() {
	server.Default(server.WithExitWaitTime(10 * time.Second)).Spin()
}
