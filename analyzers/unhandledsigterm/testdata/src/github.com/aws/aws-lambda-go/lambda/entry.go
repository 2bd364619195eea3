// Package lambda is a stub of the real library, for tests.
package lambda

func Start(handler any) {}
