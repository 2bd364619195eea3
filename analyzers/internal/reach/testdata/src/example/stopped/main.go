// Command stopped waits until somebody shuts its server down.
package main

import "net"

type server struct{ done chan struct{} }

func main() {
	s := &server{done: make(chan struct{})}
	go s.accept()
	<-s.done
}

func (s *server) accept() {
	l, _ := net.Listen("tcp", ":1")
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		c.Close()
	}
}

func (s *server) Shutdown() { close(s.done) }
