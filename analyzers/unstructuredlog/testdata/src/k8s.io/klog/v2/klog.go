// Package klog stands in for the real one.
package klog

type Level int32
type Verbose struct{}
type ObjectRef struct{ Name, Namespace string }
type KMetadata interface{ GetName() string }

func V(level Level) Verbose                      { return Verbose{} }
func (Verbose) Infof(format string, args ...any) {}
func (Verbose) InfoS(msg string, kv ...any)      {}
func Infof(format string, args ...any)           {}
func InfoS(msg string, kv ...any)                {}
func ErrorS(err error, msg string, kv ...any)    {}
func KObj(obj KMetadata) ObjectRef               { return ObjectRef{} }

func SetSlogLogger(l any) {}
