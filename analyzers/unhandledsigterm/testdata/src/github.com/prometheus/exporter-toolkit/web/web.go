// Package web is a stub of the real library, for tests.
package web

import "net/http"

func ListenAndServe(server *http.Server, flags any, logger any) error { return nil }
