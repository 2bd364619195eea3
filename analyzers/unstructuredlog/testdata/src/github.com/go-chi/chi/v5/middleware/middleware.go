// Package middleware stands in for the real one.
package middleware

import "net/http"

func Logger(next http.Handler) http.Handler { return next }
