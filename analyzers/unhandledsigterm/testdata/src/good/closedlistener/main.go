package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
)

// The program ends itself when its work is done.
func main() {
	lis, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		log.Fatal(err)
	}
	done := make(chan error)
	go func() { done <- http.Serve(lis, http.NewServeMux()) }()
	fmt.Println(http.Get("http://" + lis.Addr().String()))
	lis.Close()
	fmt.Println("done")
}
