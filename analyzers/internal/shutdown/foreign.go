package shutdown

// A Foreigner makes the facts of packages outside the main module, for drivers
// that do not analyse those. Packages have to come behind their imports.
type Foreigner struct{ facts map[string]*Foreign }

// Fact returns the fact of a package by its imports.
func (f *Foreigner) Fact(path string, standard bool, imports []string) *Foreign {
	if f.facts == nil {
		f.facts = make(map[string]*Foreign)
	}
	fact := ForeignOf(path, standard, imports, func(path string) *Foreign { return f.facts[path] })
	f.facts[path] = fact
	return fact
}

// Main returns the place of the program's main function.
func (p *Program) Main() Site {
	if f := p.funcs[p.path+".main"]; f != nil {
		return f.Site
	}
	return Site{Package: p.path}
}
