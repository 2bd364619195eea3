// Package cobra is a stand-in for the library.
package cobra

type Command struct {
	Use  string
	Run  func(cmd *Command, args []string)
	RunE func(cmd *Command, args []string) error
}

func (c *Command) AddCommand(commands ...*Command) {}
func (c *Command) Execute() error                  { return nil }
