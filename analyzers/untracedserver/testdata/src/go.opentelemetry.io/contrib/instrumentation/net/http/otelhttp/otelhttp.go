// Package otelhttp is cut down to its handler.
package otelhttp

import "net/http"

// NewHandler traces the requests that a handler answers.
func NewHandler(next http.Handler, operation string) http.Handler { return next }
