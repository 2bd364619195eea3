// Package kratos is a stub of the real library, for tests.
package kratos

import _ "os/signal"

type App struct{}

func New() *App { return &App{} }

func (*App) Run() error { return nil }
