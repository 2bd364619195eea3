package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
)

func main() {
	if len(os.Args) > 1 {
		fmt.Println("usage: stdlog")
		os.Exit(2)
	}
	another()
	log.Println("starting") // want `log writes text \(3 calls\)`
	fmt.Println("ready")    // want `fmt.Println writes a line that is not JSON \(2 calls\)`
	http.HandleFunc("/", handle)
	log.Fatal(http.ListenAndServe(":8080", nil))
}

func handle(w http.ResponseWriter, r *http.Request) {
	log.Printf("got %s", r.URL.Path)
	fmt.Fprintln(w, "hello")
	println("debug")
}

func usage() { fmt.Fprintln(os.Stderr, "usage: stdlog") }
