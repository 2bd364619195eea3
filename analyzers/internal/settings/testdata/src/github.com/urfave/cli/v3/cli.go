package cli

import "context"

type Flag interface{ Names() []string }

type ValueSourceChain struct{}

func EnvVars(names ...string) ValueSourceChain { return ValueSourceChain{} }

type IntFlag struct {
	Name    string
	Value   int
	Sources ValueSourceChain
}

func (*IntFlag) Names() []string { return nil }

type Command struct {
	Name     string
	Flags    []Flag
	Commands []*Command
}

func (*Command) Run(ctx context.Context, args []string) error { return nil }
