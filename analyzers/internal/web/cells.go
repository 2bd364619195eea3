package web

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
)

// A cell names what may hold a value, so that all packages of a program name it
// alike: a parameter, a result, a field whatever struct it is in, a variable. A
// function or a type that answers requests has a cell of its own, and so has
// what a dependency makes.
const (
	paramPrefix    = "p:"  // p:FUNCTION:INDEX, the receiver is 0
	resultPrefix   = "r:"  // r:FUNCTION:INDEX
	fieldPrefix    = "f:"  // f:PACKAGE.TYPE.FIELD
	globalPrefix   = "g:"  // g:PACKAGE.NAME
	localPrefix    = "l:"  // l:FUNCTION:NAME
	functionPrefix = "fn:" // fn:FUNCTION
	typePrefix     = "t:"  // t:PACKAGE.TYPE, which has a method ServeHTTP
	routerPrefix   = "mux:"
	plainPrefix    = "ok:"  // ok:NAME, a handler of a library that is no health check
	healthPrefix   = "hc:"  // hc:NAME, a handler of a library that is one
	foreignPrefix  = "dep:" // dep:NAME, a handler of a dependency
)

// maxSteps bounds how far a value is followed in a function.
const maxSteps = 24

// id names a function as package reach does; a literal has the name of the
// function that holds it, a dollar sign and a number.
func id(fn *ssa.Function) string {
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	if parent := fn.Parent(); parent != nil {
		_, number, _ := strings.Cut(fn.Name()[strings.LastIndexByte(fn.Name(), '$'):], "$")
		return id(parent) + "$" + number
	}
	if obj, ok := fn.Object().(*types.Func); ok {
		return reach.ID(obj)
	}
	return fn.String()
}

func paramCell(function string, index int) string {
	return paramPrefix + function + ":" + strconv.Itoa(index)
}

func resultCell(function string, index int) string {
	return resultPrefix + function + ":" + strconv.Itoa(index)
}

// cell names what a value is held by, "" if it has no name.
func (g *gatherer) cell(v ssa.Value) string { return g.cellOf(v, maxSteps) }

func (g *gatherer) cellOf(v ssa.Value, steps int) string {
	if steps == 0 {
		return ""
	}
	switch v := v.(type) {
	case *ssa.Parameter:
		return paramCell(id(v.Parent()), slices.Index(v.Parent().Params, v))
	case *ssa.FreeVar:
		if bound := bindingOf(v); bound != nil {
			return g.cellOf(bound, steps-1)
		}
	case *ssa.Global:
		return globalPrefix + v.Pkg.Pkg.Path() + "." + v.Name()
	case *ssa.Alloc, *ssa.Phi, *ssa.MakeMap, *ssa.MakeSlice:
		return localPrefix + id(v.Parent()) + ":" + v.Name()
	case *ssa.Function:
		if fn, ok := v.Object().(*types.Func); ok && fn.Pkg() != nil && !g.isOwn(fn.Pkg()) {
			return known(fn.Pkg().Path(), fn.Pkg().Name()+"."+fn.Name())
		}
		return functionPrefix + id(v)
	case *ssa.MakeClosure:
		if fn, ok := v.Fn.(*ssa.Function); ok && fn.Object() != nil && fn.Object().Name() == "ServeHTTP" && len(v.Bindings) == 1 {
			return g.cellOf(v.Bindings[0], steps-1) // mux.ServeHTTP
		}
		return g.cellOf(v.Fn, steps-1)
	case *ssa.UnOp:
		return g.cellOf(v.X, steps-1)
	case *ssa.FieldAddr:
		return g.fieldCell(v.X, v.Field, steps)
	case *ssa.Field:
		return g.fieldCell(v.X, v.Field, steps)
	case *ssa.MakeInterface:
		return g.boxed(v, steps)
	case *ssa.Call:
		return g.callCell(v, 0, steps)
	case *ssa.Extract:
		return g.extractCell(v, steps)
	}
	return g.partCell(v, steps)
}

// partCell names an element by its collection, and what only has another type by
// what it was made from.
func (g *gatherer) partCell(v ssa.Value, steps int) string {
	switch v := v.(type) {
	case *ssa.IndexAddr:
		return g.cellOf(v.X, steps-1)
	case *ssa.Index:
		return g.cellOf(v.X, steps-1)
	case *ssa.Lookup:
		return g.cellOf(v.X, steps-1)
	case *ssa.Slice:
		return g.cellOf(v.X, steps-1)
	case *ssa.ChangeInterface, *ssa.ChangeType, *ssa.Convert, *ssa.TypeAssert:
		return g.cellOf(plain(v), steps-1)
	}
	return ""
}

// extractCell names one of several results.
func (g *gatherer) extractCell(v *ssa.Extract, steps int) string {
	switch tuple := v.Tuple.(type) {
	case *ssa.Call:
		return g.callCell(tuple, v.Index, steps)
	case *ssa.Next:
		if r, ok := tuple.Iter.(*ssa.Range); ok {
			return g.cellOf(r.X, steps-1)
		}
	case *ssa.TypeAssert, *ssa.Lookup:
		if v.Index == 0 {
			return g.cellOf(tuple, steps-1)
		}
	}
	return ""
}

// boxed names a value behind an interface: a router by itself, anything else
// that answers requests by its type.
func (g *gatherer) boxed(v *ssa.MakeInterface, steps int) string {
	named := namedOf(v.X.Type())
	if named == nil || named.Obj().Pkg() == nil {
		return g.cellOf(v.X, steps-1)
	}
	switch {
	case isFuncType(named) || isRouter(named) || isConfigured(named):
		return g.cellOf(v.X, steps-1)
	case !isHandler(v.X.Type()):
		return g.cellOf(v.X, steps-1)
	case g.isOwn(named.Obj().Pkg()):
		if fn := methodOf(v.X.Type(), "ServeHTTP"); fn != nil && fn.Pkg() != nil && g.isOwn(fn.Pkg()) {
			return typePrefix + reach.ID(fn)
		}
		return g.embedded(v, named) // the method of an embedded field
	}
	return known(named.Obj().Pkg().Path(), named.Obj().Pkg().Name()+"."+named.Obj().Name())
}

// embedded names the field whose method ServeHTTP a struct has made its own.
func (g *gatherer) embedded(v *ssa.MakeInterface, named *types.Named) string {
	_, index, _ := types.LookupFieldOrMethod(v.X.Type(), true, g.pass.Pkg, "ServeHTTP")
	fields, ok := named.Underlying().(*types.Struct)
	if !ok || len(index) == 0 || index[0] >= fields.NumFields() {
		return ""
	}
	return fieldPrefix + named.Obj().Pkg().Path() + "." + named.Obj().Name() + "." + fields.Field(index[0]).Name()
}

func (g *gatherer) fieldCell(x ssa.Value, index, steps int) string {
	fields := fieldsOf(x.Type())
	if fields == nil {
		return ""
	}
	field := fields.Field(index)
	named := namedOf(x.Type())
	switch {
	case named == nil || named.Obj().Pkg() == nil: // structs of one shape are taken for one type
		return fieldPrefix + g.pass.Pkg.Path() + "." + types.TypeString(fields, types.RelativeTo(g.pass.Pkg)) + "." + field.Name()
	case field.Embedded() && !g.isOwn(named.Obj().Pkg()):
		return g.cellOf(x, steps-1) // gin.Engine and its RouterGroup are one
	}
	return fieldPrefix + named.Obj().Pkg().Path() + "." + named.Obj().Name() + "." + field.Name()
}

// callCell names a result of a call: of a function of the user's by that
// function, of a library's by what it does, else by the call.
func (g *gatherer) callCell(v *ssa.Call, index, steps int) string {
	c := g.callOf(v)
	if c.fn == nil || c.fn.Pkg() == nil || !g.isOwn(c.fn.Pkg()) {
		if of, ok := passesOn(c); ok && index == 0 {
			return g.cellOf(of, steps-1)
		}
	}
	switch {
	case c.static != nil && c.fn == nil: // a literal
		return resultCell(id(c.static), index)
	case c.fn == nil || c.fn.Pkg() == nil:
		return ""
	case g.isOwn(c.fn.Pkg()):
		return resultCell(c.id(), index)
	}
	if r := c.routing(); r != nil && r.act == use && c.recv != nil {
		return g.cellOf(c.recv, steps-1)
	}
	return fmt.Sprintf("%s%s:%s", localPrefix, id(v.Parent()), v.Name()) + suffix(index)
}

func suffix(index int) string {
	if index == 0 {
		return ""
	}
	return "#" + strconv.Itoa(index)
}

// bindingOf returns what a closure binds a free variable to.
func bindingOf(v *ssa.FreeVar) ssa.Value {
	fn := v.Parent()
	index := slices.Index(fn.FreeVars, v)
	if fn.Parent() == nil || index < 0 {
		return nil
	}
	for _, block := range fn.Parent().Blocks {
		for _, instr := range block.Instrs {
			if closure, ok := instr.(*ssa.MakeClosure); ok && closure.Fn == fn {
				return closure.Bindings[index]
			}
		}
	}
	return nil
}

func namedOf(t types.Type) *types.Named {
	t = types.Unalias(t)
	for range 2 { // variables of pointers are pointers to pointers
		if pointer, ok := t.(*types.Pointer); ok {
			t = types.Unalias(pointer.Elem())
		}
	}
	named, _ := t.(*types.Named)
	return named
}

func fieldsOf(t types.Type) *types.Struct {
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	fields, _ := t.Underlying().(*types.Struct)
	return fields
}

func isFuncType(named *types.Named) bool {
	_, ok := named.Underlying().(*types.Signature)
	return ok
}

// methodOf returns a method of a type, by name.
func methodOf(t types.Type, name string) *types.Func {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
	fn, _ := obj.(*types.Func)
	return fn
}

// isHandler reports whether values of a type answer HTTP requests.
func isHandler(t types.Type) bool {
	fn := methodOf(t, "ServeHTTP")
	return fn != nil && answers(fn.Signature())
}

// answers reports whether a function is like an http.HandlerFunc.
func answers(s *types.Signature) bool {
	return s.Params().Len() == 2 && isNamed(s.Params().At(0).Type(), "net/http", "ResponseWriter") && isNamed(s.Params().At(1).Type(), "net/http", "Request")
}

func isNamed(t types.Type, path, name string) bool {
	named := namedOf(t)
	return named != nil && named.Obj().Name() == name && named.Obj().Pkg() != nil && logapi.Path(named.Obj().Pkg().Path()) == path
}

// carried reports whether values of a type are followed: routers, handlers,
// servers, clients, and collections of these.
func carried(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Signature:
		return answers(u) || isCarriedName(t)
	case *types.Slice:
		return carried(u.Elem())
	case *types.Array:
		return carried(u.Elem())
	case *types.Map:
		return carried(u.Elem())
	case *types.Pointer:
		if _, ok := u.Elem().Underlying().(*types.Pointer); ok {
			return carried(u.Elem())
		}
		switch u.Elem().Underlying().(type) {
		case *types.Array, *types.Signature, *types.Slice, *types.Map:
			return carried(u.Elem())
		}
	}
	return isCarriedName(t) || isHandler(t)
}

func isCarriedName(t types.Type) bool {
	named := namedOf(t)
	return named != nil && (isRouter(named) || isConfigured(named) || isHandlerName(named))
}

// flow notes that a cell may hold a value.
func (g *gatherer) flow(to string, v ssa.Value) {
	if to == "" || !carried(v.Type()) {
		return
	}
	if from := g.cell(v); from != "" && from != to {
		g.add(nil, Event{Kind: flow, To: to, From: from})
	}
}

// captured notes the handlers that a literal of a function holds on to: it may
// hand requests on to them.
func (g *gatherer) captured(v *ssa.MakeClosure) {
	for _, binding := range v.Bindings {
		g.flow(g.cell(v), binding)
	}
}

func (g *gatherer) store(instr *ssa.Store) {
	to := g.cell(instr.Addr)
	g.flow(to, instr.Val)
	g.said(to, instr)
	g.referred(instr.Val, instr.Pos())
	g.setting(instr)
}

func (g *gatherer) phi(v *ssa.Phi) {
	for _, edge := range v.Edges {
		g.flow(g.cell(v), edge)
	}
}

func (g *gatherer) returned(fn *ssa.Function, instr *ssa.Return) {
	for i, v := range instr.Results {
		g.flow(resultCell(id(fn), i), v)
		if isText(v.Type()) && len(instr.Results) <= 2 {
			g.sayPath(resultCell(id(fn), i), v)
		}
		g.sayLimit(resultCell(id(fn), i), v)
	}
}

// isOwn reports whether a package is one of the user's.
func (g *gatherer) isOwn(pkg *types.Package) bool {
	if pkg == g.pass.Pkg {
		return true
	}
	_, ok := g.own[pkg.Path()]
	return ok
}

// globalsOf lists what is stored in each package variable.
func globalsOf(functions []*ssa.Function) map[*ssa.Global][]ssa.Value {
	all := make(map[*ssa.Global][]ssa.Value)
	for _, fn := range functions {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				if store, ok := instr.(*ssa.Store); ok {
					if global, ok := store.Addr.(*ssa.Global); ok {
						all[global] = append(all[global], store.Val)
					}
				}
			}
		}
	}
	return all
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
