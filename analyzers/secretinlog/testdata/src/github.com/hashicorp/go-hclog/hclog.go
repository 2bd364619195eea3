// Package hclog stands in for the real one.
package hclog

type Logger interface {
	Info(msg string, args ...any)
	Debug(msg string, args ...any)
	With(args ...any) Logger
}
