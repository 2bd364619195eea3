// Package logrus stands in for the real one.
package logrus

import "io"

type Fields map[string]any
type Logger struct {
	Out       io.Writer
	Formatter Formatter
}

type Formatter interface{ Format(*Entry) ([]byte, error) }
type JSONFormatter struct{}
type TextFormatter struct{ FullTimestamp bool }

func (*JSONFormatter) Format(*Entry) ([]byte, error) { return nil, nil }
func (*TextFormatter) Format(*Entry) ([]byte, error) { return nil, nil }
func SetFormatter(f Formatter)                       {}

type Entry struct{}

type FieldLogger interface {
	WithField(key string, value any) *Entry
	Infof(format string, args ...any)
	Info(args ...any)
}

func New() *Logger                                  { return nil }
func WithField(key string, value any) *Entry        { return nil }
func WithFields(fields Fields) *Entry               { return nil }
func Infof(format string, args ...any)              {}
func Info(args ...any)                              {}
func (*Logger) SetOutput(w io.Writer)               {}
func (*Logger) Infof(format string, args ...any)    {}
func (*Logger) Debugf(format string, args ...any)   {}
func (*Logger) WithFields(fields Fields) *Entry     { return nil }
func (e *Entry) WithField(key string, v any) *Entry { return e }
func (e *Entry) Info(args ...any)                   {}
func (e *Entry) Infof(format string, args ...any)   {}
