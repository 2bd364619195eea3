// Command grpcplain serves gRPC without its health service.
package main

import (
	"log"
	"net"

	"google.golang.org/grpc"
	"google.golang.org/grpc/reflection"
)

func main() {
	l, err := net.Listen("tcp", ":9000")
	if err != nil {
		log.Fatal(err)
	}
	s := grpc.NewServer()
	reflection.Register(s)
	s.Serve(l) // want "^no route for /health, /ready and /startup, and no health service of gRPC$"
}
