package main

import "net"

func main() {
	l, _ := net.Listen("tcp", ":1")
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		c.Close()
	}
}
