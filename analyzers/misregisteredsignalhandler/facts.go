package misregisteredsignalhandler

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// Registers is the fact of a function that registers what it is given:
// parameters by index, the receiver first.
type Registers struct {
	Channels []int // channels that it gives to signal.Notify
	Lists    []int // lists of signals that it gives to signal.Notify
}

// AFact marks Registers as a fact.
func (*Registers) AFact() {}

func (r *Registers) String() string {
	var parts []string
	if len(r.Channels) > 0 {
		parts = append(parts, fmt.Sprintf("registers channels %v", r.Channels))
	}
	if len(r.Lists) > 0 {
		parts = append(parts, fmt.Sprintf("registers lists %v", r.Lists))
	}
	return strings.Join(parts, ", ")
}

// Made is the fact of a variable, a field or a function that holds or returns
// a channel of signals without a buffer.
type Made struct{ Site shutdown.Site }

// AFact marks Made as a fact.
func (*Made) AFact() {}

func (*Made) String() string { return "made without a buffer" }

// Lists is the fact of a variable with a list of signals that holds some which
// cannot be trapped.
type Lists struct {
	Names []string
	Site  shutdown.Site // of the first of them
}

// AFact marks Lists as a fact.
func (*Lists) AFact() {}

func (l *Lists) String() string { return "holds " + strings.Join(l.Names, " and ") }

// export leaves the facts that other packages of the module can ask for.
func (c *checker) export() {
	for range maxRounds {
		if !c.exportRegisters() {
			break
		}
	}
	for _, fn := range c.functions {
		obj, ok := fn.Object().(*types.Func)
		if !ok || !obj.Exported() || !returnsChannel(fn.Signature) {
			continue
		}
		if made, ok := c.unbuffered(c.results(fn)); ok {
			c.pass.ExportObjectFact(obj.Origin(), &Made{Site: c.siteOf(made)})
		}
	}
	for _, obj := range c.storedObjects() {
		if !obj.Exported() {
			continue
		}
		if isChannel(obj.Type()) {
			if made, ok := c.unbuffered(c.stored(obj, maxSteps)); ok {
				c.pass.ExportObjectFact(obj, &Made{Site: c.siteOf(made)})
			}
		}
	}
	scope := c.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		obj := scope.Lookup(name)
		if obj.Exported() && isList(obj.Type()) {
			if bad := c.listOf(obj); len(bad) > 0 {
				c.pass.ExportObjectFact(obj, &Lists{Names: namesOf(bad), Site: bad[0].site(c.pass)})
			}
		}
	}
}

// maxRounds bounds how long a chain of functions that hand a channel on is.
const maxRounds = 4

// exportRegisters notes the parameters that functions register and reports
// whether any is new.
func (c *checker) exportRegisters() bool {
	changed := false
	for _, fn := range c.functions {
		obj, ok := fn.Object().(*types.Func)
		if !ok {
			continue
		}
		var found Registers
		for call := range c.registrations(fn) {
			for _, o := range c.origins(call.channel) {
				if o.param != nil && o.param.Parent() == fn {
					found.Channels = append(found.Channels, slices.Index(fn.Params, o.param))
				}
			}
			if param, ok := call.list.(*ssa.Parameter); ok && param.Parent() == fn {
				found.Lists = append(found.Lists, slices.Index(fn.Params, param))
			}
		}
		var known Registers
		c.pass.ImportObjectFact(obj, &known)
		slices.Sort(found.Channels)
		slices.Sort(found.Lists)
		found.Channels, found.Lists = slices.Compact(found.Channels), slices.Compact(found.Lists)
		if len(found.Channels) > len(known.Channels) || len(found.Lists) > len(known.Lists) {
			c.pass.ExportObjectFact(obj, &found)
			changed = true
		}
	}
	return changed
}

// storedObjects lists the variables and fields that are given channels, in the
// order of their declaration.
func (c *checker) storedObjects() []types.Object {
	var all []types.Object
	for obj := range c.stores {
		if obj.Pkg() == c.pass.Pkg {
			all = append(all, obj)
		}
	}
	slices.SortFunc(all, func(a, b types.Object) int { return int(a.Pos() - b.Pos()) })
	return all
}

func returnsChannel(s *types.Signature) bool {
	return s.Results().Len() == 1 && isChannel(s.Results().At(0).Type())
}

// isChannel reports whether a type is that of a channel of signals.
func isChannel(t types.Type) bool {
	channel, ok := t.Underlying().(*types.Chan)
	return ok && isSignal(channel.Elem())
}

// isList reports whether a type is []os.Signal.
func isList(t types.Type) bool {
	list, ok := t.Underlying().(*types.Slice)
	return ok && isSignal(list.Elem())
}

// registrars lists by import path, without major version, and by name what
// registers a signal handler.
var registrars = map[string]map[string]registrar{
	"os/signal": {
		"Notify":        {channel: 1, list: 2},
		"NotifyContext": {list: 2, result: true},
	},
	"github.com/oklog/run":      {"SignalHandler": {list: 2}},
	"go.temporal.io/sdk/worker": {"InterruptCh": {result: true}},
}

// A registrar says which arguments, counted from one, are the channel and the
// list of signals of a handler, and whether its first result is what to look at.
type registrar struct {
	channel, list int
	result        bool
}

// unversioned strips a major version from the end of an import path.
func unversioned(path string) string {
	if i := strings.LastIndex(path, "/v"); i > 0 && strings.Trim(path[i+2:], "0123456789") == "" {
		return path[:i]
	}
	return path
}

func (c *checker) siteOf(o origin) shutdown.Site {
	if o.made == nil {
		return o.site
	}
	if call := c.calls[o.made.Pos()]; call != nil {
		return shutdown.SiteOf(c.pass, call)
	}
	return shutdown.Site{Package: c.pass.Pkg.Path()}
}
