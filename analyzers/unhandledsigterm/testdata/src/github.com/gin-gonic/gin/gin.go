// Package gin is a stub of the real library, for tests.
package gin

import "net/http"

type Engine struct{}

func New() *Engine     { return &Engine{} }
func Default() *Engine { return &Engine{} }

func (*Engine) GET(string, ...any)                                {}
func (*Engine) ServeHTTP(http.ResponseWriter, *http.Request)      {}
func (*Engine) Run(addr ...string) error                          { return nil }
func (*Engine) RunTLS(addr, certFile, keyFile string) (err error) { return nil }
