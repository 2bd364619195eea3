package terraform

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/source"
)

// sayWhatIsLeftOut says once, not once a root, what the roots have in common
// that is not known.
func (a *assembly) sayWhatIsLeftOut() {
	a.loader.notices.sayUndeclared()
	a.sayWrapped()
	a.sayDangling()
	a.sayRemote()
}

// sayWrapped says what is not known for Terragrunt.
func (a *assembly) sayWrapped() {
	if len(a.wrapped) == 0 {
		return
	}
	var names []string
	for _, r := range a.wrapped {
		names = append(names, r.dir)
	}
	whose := "root: Terragrunt sets its variables"
	if len(names) > 1 {
		whose = fmt.Sprintf("%d roots: Terragrunt sets their variables (%s)", len(names), some(names))
	}
	a.loader.notices.remark(a.wrapped[0].module.files[0].source, source.Range{},
		"evaluate "+whose+"; opslint does not evaluate Terragrunt, they are unknown")
}

// sayDangling says that links to files of values lead nowhere yet: their targets
// are what whoever applies the root writes.
func (a *assembly) sayDangling() {
	var names []string
	for _, f := range a.dangling {
		names = append(names, f.source.Path)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	switch len(names) {
	case 0:
		return
	case 1:
		a.loader.notices.remark(a.dangling[0].source, source.Range{}, "evaluate root: the link leads nowhere, the variables it would set are unknown")
	default:
		a.loader.notices.remark(a.dangling[0].source, source.Range{}, fmt.Sprintf(
			"evaluate root: %d links lead nowhere, the variables they would set are unknown: %s", len(names), some(names)))
	}
}

// sayRemote says which modules are not judged since they lie elsewhere.
func (a *assembly) sayRemote() {
	if len(a.remote) == 0 {
		return
	}
	places := map[*block]bool{}
	var sources []string
	for _, c := range a.remote {
		places[c.call] = true
		name, _, _ := strings.Cut(cmp.Or(c.source, c.address), "?")
		sources = append(sources, name)
	}
	slices.Sort(sources)
	sources = slices.Compact(sources)
	first := a.remote[0]
	message := fmt.Sprintf("a module from outside the repository is not judged: %s (%s)", first.address, sources[0])
	if len(places) > 1 {
		message = fmt.Sprintf("%d calls of modules from outside the repository are not judged: %s", len(places), some(sources))
	}
	a.loader.notices.remark(first.call.file, first.call.header, message)
}

// some lists the first three of a list, and how many there are besides.
func some(names []string) string {
	const most = 3
	switch rest := len(names) - most; {
	case len(names) == 1:
		return names[0]
	case rest <= 1: // "and 1 more" is no shorter
		last := len(names) - 1
		return strings.Join(names[:last], ", ") + " and " + names[last]
	default:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), rest)
	}
}
