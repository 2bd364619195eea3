// Package fiber is a stub of the real library, for tests.
package fiber

import "time"

type App struct{}

func New() *App { return &App{} }

func (*App) Listen(addr string) error                  { return nil }
func (*App) ShutdownWithTimeout(d time.Duration) error { return nil }
