package main

import (
	"log"
	"net"
)

func main() {
	lis, err := net.Listen("tcp", ":7000")
	if err != nil {
		log.Fatal(err)
	}
	for { // want `the accept loop runs, but nothing traps SIGTERM`
		conn, err := lis.Accept()
		if err != nil {
			log.Print(err)
			return
		}
		go conn.Close()
	}
}
