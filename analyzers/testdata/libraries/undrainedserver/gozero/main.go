package main

import (
	"github.com/zeromicro/go-zero/rest"
)

func main() {
	srv := rest.MustNewServer(rest.RestConf{Port: 8080})
	defer srv.Stop()
	srv.Start()
}
