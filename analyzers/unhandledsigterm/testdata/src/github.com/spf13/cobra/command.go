// Package cobra is a stub of the real library, for tests.
package cobra

import "context"

type Command struct {
	Use  string
	Run  func(cmd *Command, args []string)
	RunE func(cmd *Command, args []string) error
}

func (*Command) AddCommand(cmds ...*Command)              {}
func (*Command) Execute() error                           { return nil }
func (*Command) ExecuteContext(ctx context.Context) error { return nil }
func (*Command) Context() context.Context                 { return nil }
