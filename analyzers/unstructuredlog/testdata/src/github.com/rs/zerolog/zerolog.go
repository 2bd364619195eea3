// Package zerolog stands in for the real one.
package zerolog

import "io"

type Logger struct{ w io.Writer }
type Event struct{}
type Context struct{ l Logger }

func New(w io.Writer) Logger { return Logger{w} }
func Nop() Logger            { return Logger{} }

func (l Logger) With() Context            { return Context{l} }
func (l *Logger) Info() *Event            { return nil }
func (l *Logger) Debug() *Event           { return nil }
func (c Context) Str(k, v string) Context { return c }
func (c Context) Logger() Logger          { return c.l }

func (e *Event) Str(k, v string) *Event           { return e }
func (e *Event) Int(k string, v int) *Event       { return e }
func (e *Event) Bool(k string, v bool) *Event     { return e }
func (e *Event) Interface(k string, v any) *Event { return e }
func (e *Event) Err(err error) *Event             { return e }
func (e *Event) Msg(msg string)                   {}
func (e *Event) Msgf(format string, v ...any)     {}
func (e *Event) Send()                            {}

type ConsoleWriter struct{ Out io.Writer }

func (ConsoleWriter) Write(p []byte) (int, error) { return 0, nil }
