// Package cobra stands in for the real one.
package cobra

type Command struct {
	Use  string
	Run  func(cmd *Command, args []string)
	RunE func(cmd *Command, args []string) error
}

func (*Command) AddCommand(cmds ...*Command) {}
func (*Command) Execute() error              { return nil }
