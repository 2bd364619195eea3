// Package worker is a stub of the real library, for tests.
package worker

import _ "os/signal"

type Worker interface {
	Start() error
	Run(interruptCh <-chan any) error
	Stop()
}

func New() Worker { return nil }

func InterruptCh() <-chan any { return nil }
