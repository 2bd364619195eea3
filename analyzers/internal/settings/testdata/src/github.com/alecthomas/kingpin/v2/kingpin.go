package kingpin

type FlagClause struct{}

func Flag(name, help string) *FlagClause              { return &FlagClause{} }
func (f *FlagClause) Default(v ...string) *FlagClause { return f }
func (f *FlagClause) Envar(name string) *FlagClause   { return f }
func (f *FlagClause) String() *string                 { return nil }

type CmdClause struct{}

func Command(name, help string) *CmdClause { return nil }
