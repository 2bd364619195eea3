// Package logr stands in for the real one.
package logr

type Logger struct{}

func Discard() Logger                                   { return Logger{} }
func (l Logger) Info(msg string, kv ...any)             {}
func (l Logger) Error(err error, msg string, kv ...any) {}
func (l Logger) WithValues(kv ...any) Logger            { return l }
func (l Logger) V(level int) Logger                     { return l }
