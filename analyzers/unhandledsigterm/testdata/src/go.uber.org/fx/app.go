// Package fx is a stub of the real library, for tests.
package fx

import (
	"context"
	"os"
	_ "os/signal"
)

type App struct{}

func New(opts ...any) *App    { return &App{} }
func Invoke(funcs ...any) any { return nil }

func (*App) Run()                            {}
func (*App) Start(ctx context.Context) error { return nil }
func (*App) Done() <-chan os.Signal          { return nil }
