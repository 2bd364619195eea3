// Package migrate stands for the library.
package migrate

type Logger interface{ Printf(format string, v ...any) }

type Migrate struct{ Log Logger }

func New(source, database string) (*Migrate, error) { return &Migrate{}, nil }

func (*Migrate) Up() error                    { return nil }
func (*Migrate) Version() (uint, bool, error) { return 0, false, nil }
