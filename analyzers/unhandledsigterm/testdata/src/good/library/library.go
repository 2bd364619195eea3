package library

import (
	"net/http"
)

// Run is called by programs that are judged themselves.
func Run() error { return http.ListenAndServe(":8080", http.NewServeMux()) }
