// Package echo is a stub of the real library, for tests.
package echo

type Echo struct{}

func New() *Echo { return &Echo{} }

func (*Echo) Start(address string) error { return nil }
