// Package gin stands in for the real one.
package gin

import "net/http"

type HandlerFunc func(*Context)
type Engine struct{}
type Context struct {
	Request *http.Request
	Writer  http.ResponseWriter
}

func Default() *Engine                                    { return nil }
func New() *Engine                                        { return nil }
func (*Engine) POST(path string, handlers ...HandlerFunc) {}
func (*Engine) Run(addr ...string) error                  { return nil }
func (*Context) GetHeader(key string) string              { return "" }
func (*Context) PostForm(key string) string               { return "" }
func (*Context) JSON(code int, obj any)                   {}

func Logger() HandlerFunc                   { return nil }
func Recovery() HandlerFunc                 { return nil }
func (*Engine) Use(handlers ...HandlerFunc) {}
