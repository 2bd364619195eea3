// Package echo is a stub of the real library, for tests.
package echo

import "context"

type Echo struct{}

func New() *Echo { return &Echo{} }

func (*Echo) Start(address string) error         { return nil }
func (*Echo) Shutdown(ctx context.Context) error { return nil }
