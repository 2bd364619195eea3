package loggers

import (
	"go/ast"
	"go/types"
	"slices"
	"strconv"

	"github.com/opslint/opslint/analyzers/internal/reach"
)

// A sayer notes what this package puts into a slot.
type sayer func(slot string, w want)

// sayers lists what this package has a say in: parameters of the functions that
// it calls, results of those it declares, variables and fields that it sets.
func (g *gatherer) sayers() map[string]sayer {
	say := make(map[string]sayer)
	for fn, calls := range g.index.calls {
		if fn.Pkg() == nil || !g.own(fn.Pkg()) {
			continue
		}
		params := fn.Signature().Params()
		for i := range params.Len() {
			p := param{fn, i, fn.Signature().Variadic() && i == params.Len()-1}
			say[parameterSlot(p)] = func(slot string, w want) { g.sayArgument(slot, w, p, calls) }
		}
	}
	for fn, d := range g.index.decls {
		results := fn.Signature().Results()
		for i := range results.Len() {
			say[reach.ID(fn)+"()"+strconv.Itoa(i)] = func(slot string, w want) { g.sayResult(slot, w, fn, d, i) }
		}
	}
	for v, assignments := range g.index.vars {
		if v.Pkg() == nil || !g.own(v.Pkg()) {
			continue
		}
		name := ""
		switch {
		case v.IsField():
			name = g.fieldSlot(v)
		case v.Parent() == v.Pkg().Scope():
			name = v.Pkg().Path() + "." + v.Name()
		}
		if name != "" {
			say[name] = func(slot string, w want) { g.sayAssigned(slot, w, v, assignments) }
		}
	}
	return say
}

// fieldSlot names the slot of a field of a struct that a package declares at its
// top level.
func (g *gatherer) fieldSlot(v *types.Var) string {
	slots, known := g.fields[v.Pkg()]
	if !known {
		slots = fieldSlots(v.Pkg())
		g.fields[v.Pkg()] = slots
	}
	return slots[v]
}

func fieldSlots(pkg *types.Package) map[*types.Var]string {
	slots := make(map[*types.Var]string)
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		t, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || t.IsAlias() {
			continue
		}
		s, ok := t.Type().Underlying().(*types.Struct)
		for i := 0; ok && i < s.NumFields(); i++ {
			v := s.Field(i)
			if _, named := slots[v]; !named { // a type may have the fields of another
				slots[v] = pkg.Path() + "." + name + "." + v.Name()
			}
		}
	}
	return slots
}

func (g *gatherer) say(at ast.Node, slot string, value Value) {
	if len(value) > 0 {
		g.add(at, Event{Kind: flow, Text: slot, Base: value})
	}
}

func (g *gatherer) sayArgument(slot string, w want, p param, calls []*ast.CallExpr) {
	for _, call := range calls {
		var value Value
		switch {
		case p.variadic && w == wantKeys:
			value = g.keysOf(call, p.number)
			if value == nil {
				value = Value{{Origin: Nowhere}}
			}
		case p.variadic && !call.Ellipsis.IsValid():
			for _, arg := range call.Args[min(p.number, len(call.Args)):] {
				value = append(value, g.trace(arg, w)...)
			}
		case p.number < len(call.Args):
			value = g.trace(call.Args[p.number], w)
		}
		value = slices.Clone(value)
		for i := range value {
			value[i].Via = g.site(call)
		}
		g.say(call, slot, under(value, g.guards.Of(call)))
	}
}

func (g *gatherer) sayResult(slot string, w want, fn *types.Func, d *ast.FuncDecl, i int) {
	if d.Body == nil {
		return
	}
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			results := fn.Signature().Results()
			var value Value
			g.steps = 0
			switch {
			case len(n.Results) == results.Len():
				value = g.trace(n.Results[i], w)
				if len(value) == 1 && value[0].Origin == Constant && value[0].Text == "" && w != wantLevel {
					return true // nil beside an error
				}
			case len(n.Results) == 1:
				if call, ok := ast.Unparen(n.Results[0]).(*ast.CallExpr); ok {
					value = g.traceCall(call, w, i, 0)
				}
			case len(n.Results) == 0:
				value = g.assigned(results.At(i), w, 0)
			}
			g.say(n, slot, under(value, g.guards.Of(n)))
		}
		return true
	})
}

func (g *gatherer) sayAssigned(slot string, w want, v *types.Var, assignments []assignment) {
	for _, a := range assignments {
		if a.open && w == wantLogger {
			continue // the address of a logger is taken to call it
		}
		if a.value == nil && v.IsField() {
			a.open = true
		}
		g.steps = 0
		g.say(a.at, slot, g.assignment(v, a, w, 0))
	}
}
