package envconfig

func MustProcess(prefix string, spec any) {}
