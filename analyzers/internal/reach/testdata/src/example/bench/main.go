package main

import (
	"fmt"
	"net/http"
)

func main() {
	go http.ListenAndServe("localhost:8080", nil)
	go served()
	for range 100 {
		http.Get("http://localhost:8080")
	}
	fmt.Println("done")
}

func served() { serveBoth([]listener{plain{}})[0]() }

type listener interface{ Listen() error }

type plain struct{}

func (plain) Listen() error { return http.ListenAndServe("localhost:8081", nil) }

// serveBoth returns method values of an interface.
func serveBoth(all []listener) []func() error {
	var list []func() error
	for _, l := range all {
		list = append(list, l.Listen)
	}
	return list
}
