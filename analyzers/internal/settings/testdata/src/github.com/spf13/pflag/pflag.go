package pflag

type FlagSet struct{}

func (*FlagSet) StringP(name, shorthand, value, usage string) *string { return &value }
