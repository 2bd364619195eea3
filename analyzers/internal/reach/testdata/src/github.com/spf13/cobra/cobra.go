// Package cobra stands in for the real one.
package cobra

type Command struct {
	Run func(cmd *Command, args []string)
}

func (*Command) AddCommand(...*Command) {}
