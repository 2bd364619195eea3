package main

import (
	"net/http"
	"os"
	"time"
)

type app struct{ server *http.Server }

// An option changes a server.
type option func(*http.Server)

func reading(d time.Duration) option { return func(s *http.Server) { s.ReadTimeout = d } }

func main() {
	value := http.Server{Addr: ":8081", ReadHeaderTimeout: 5 * time.Second}
	value.ErrorLog = nil
	go value.ListenAndServe()

	late := &http.Server{Addr: ":8082"}
	limit(late)
	go late.ListenAndServe()

	a := app{server: &http.Server{Addr: ":8083"}}
	for _, o := range []option{reading(time.Second)} {
		o(a.server)
	}
	go a.server.ListenAndServe()

	d, _ := time.ParseDuration(os.Getenv("READ_TIMEOUT"))
	configured := &http.Server{Addr: ":8084", ReadTimeout: d}
	configured.ListenAndServe()
}

func limit(s *http.Server) { s.ReadHeaderTimeout = time.Second }
