// Package server serves.
package server

import "net/http"

// Run serves until it fails.
func Run(addr string) error {
	srv := &http.Server{Addr: addr, Handler: http.NewServeMux()}
	return srv.ListenAndServe()
}
