// Package audit stands for a library that is not at hand.
package audit

type Trail struct{}

func Record(event string, kv ...any)             {}
func (*Trail) Printf(format string, args ...any) {}
func Count(n int)                                {}
