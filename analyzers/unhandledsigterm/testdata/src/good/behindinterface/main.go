package main

import (
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

type trap interface{ wait() }

type termTrap struct{ c chan os.Signal }

func (t termTrap) wait() {
	signal.Notify(t.c, syscall.SIGTERM)
	<-t.c
}

func main() {
	var t trap = termTrap{make(chan os.Signal, 1)}
	go http.ListenAndServe(":8080", http.NewServeMux())
	t.wait()
}
