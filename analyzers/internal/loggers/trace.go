package loggers

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
)

// A want is what is asked about a value; it begins the names of slots.
type want byte

const (
	wantLevel  want = 'l'
	wantWriter want = 'w'
	wantLogger want = 'b'
	wantKeys   want = 'k'
)

// maxDepth bounds how far a value is followed in a package.
const maxDepth = 16

// maxSteps bounds how many expressions are looked at for one value: variables
// that are set from each other lead to ever more.
const maxSteps = 300

// trace says where the value of an expression may come from.
func (g *gatherer) trace(e ast.Expr, w want) Value {
	if len(g.open) == 0 {
		g.steps = 0
	}
	return g.traceTo(e, w, 0)
}

func (g *gatherer) traceTo(e ast.Expr, w want, depth int) Value {
	if g.steps++; depth > maxDepth || g.steps > maxSteps || e == nil {
		return unknown()
	}
	if text, ok := g.constantText(e, w); ok {
		return Value{{Origin: Constant, Text: text, Site: g.site(e)}}
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.StarExpr:
		return g.traceTo(e.X, w, depth+1)
	case *ast.UnaryExpr:
		return g.traceTo(e.X, w, depth+1)
	case *ast.TypeAssertExpr:
		return g.traceTo(e.X, w, depth+1)
	case *ast.IndexExpr:
		if w == wantLevel { // a map from names to levels
			return g.traceTo(e.Index, wantLevel, depth+1)
		}
	case *ast.BinaryExpr:
		if v := append(g.traceTo(e.X, w, depth+1), g.traceTo(e.Y, w, depth+1)...); v.Has(Outside) {
			return Value{{Origin: Outside, Site: g.site(e)}}
		}
	case *ast.SliceExpr:
		return g.traceTo(e.X, w, depth+1)
	case *ast.Ident, *ast.SelectorExpr:
		return g.traceVariable(e, w, depth)
	case *ast.CompositeLit:
		return g.traceLiteral(e, w, depth)
	case *ast.CallExpr:
		return g.traceCall(e, w, 0, depth)
	}
	return unknown()
}

// constantText spells a constant: a level by its name.
func (g *gatherer) constantText(e ast.Expr, w want) (string, bool) {
	tv := g.pass.TypesInfo.Types[e]
	switch {
	case tv.IsNil():
		return "", true
	case tv.Value == nil:
		return "", false
	case tv.Value.Kind() == constant.String:
		return constant.StringVal(tv.Value), true
	case w == wantLevel && tv.Value.Kind() == constant.Int:
		n, _ := constant.Int64Val(tv.Value)
		return levelName(tv.Type, n), true
	}
	return tv.Value.ExactString(), true
}

func (g *gatherer) traceVariable(e ast.Expr, w want, depth int) Value {
	v := g.index.variable(e)
	if v == nil {
		return unknown()
	}
	switch {
	case v.Pkg() == nil:
		return unknown()
	case isStream(v):
		return Value{{Origin: Stream, Site: g.site(e)}}
	case v.Name() == "Discard" && (v.Pkg().Path() == "io" || v.Pkg().Path() == "io/ioutil"):
		return Value{{Origin: Nowhere, Site: g.site(e)}}
	case v.Name() == "Args" && v.Pkg().Path() == "os":
		return Value{{Origin: Outside, Site: g.site(e)}}
	case w == wantLogger && standardLogger(v) != "":
		return Value{{Origin: Standard, Text: standardLogger(v), Site: g.site(e)}}
	case v.IsField():
		return g.traceField(e, v, w)
	case v.Parent() == v.Pkg().Scope():
		if !g.own(v.Pkg()) {
			return unknown()
		}
		return g.slot(w, v.Pkg().Path()+"."+v.Name(), e)
	}
	if p, ok := g.index.params[v]; ok {
		own := g.slot(w, parameterSlot(p), e)
		return append(own, g.assigned(v, w, depth)...)
	}
	return g.assigned(v, w, depth)
}

func parameterSlot(p param) string { return reach.ID(p.fn) + "#" + strconv.Itoa(p.number) }

// assigned unites what a local variable is assigned.
func (g *gatherer) assigned(v *types.Var, w want, depth int) Value {
	if w == wantWriter && isBuffer(v.Type()) {
		return Value{{Origin: Nowhere}}
	}
	_, isParam := g.index.params[v]
	if g.open[v] || len(g.index.vars[v]) == 0 && !isParam {
		if g.open[v] {
			return nil
		}
		return unknown()
	}
	g.open[v] = true
	defer delete(g.open, v)
	var all Value
	set := slices.ContainsFunc(g.index.vars[v], func(a assignment) bool { return a.value != nil && g.guards.Of(a.at).Branch == Always })
	for _, a := range g.index.vars[v] {
		if a.value == nil && !a.open && set {
			continue // nobody sees the zero value
		}
		all = append(all, g.assignment(v, a, w, depth)...)
	}
	return all
}

func (g *gatherer) assignment(v *types.Var, a assignment, w want, depth int) Value {
	var value Value
	call, isCall := a.value.(*ast.CallExpr)
	switch {
	case a.open && adjustable(v.Type()):
		value = Value{{Origin: Outside, Text: v.Name(), Site: g.site(a.at)}}
	case a.open:
		value = unknown()
	case a.value == nil:
		if w != wantLevel {
			return nil
		}
		value = fixed(levelName(v.Type(), 0))
	case isCall && a.result > 0:
		value = g.traceCall(call, w, a.result, depth+1)
	default:
		value = g.traceTo(a.value, w, depth+1)
	}
	return under(value, g.guards.Of(a.at))
}

// under returns a value as it is on a condition.
func under(value Value, c Condition) Value {
	if c.Branch == Always {
		return value
	}
	value = slices.Clone(value)
	for i := range value {
		if value[i].Condition.Branch == Always {
			value[i].Condition = c
		}
	}
	return value
}

// traceField follows a field of a struct. What a tag names is filled in from
// outside.
func (g *gatherer) traceField(e ast.Expr, v *types.Var, w want) Value {
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok || !g.own(v.Pkg()) {
		return unknown()
	}
	named, field := owner(g.pass.TypesInfo.TypeOf(sel.X), v)
	if named == nil {
		return unknown()
	}
	if w == wantLevel && field.tag != "" {
		return Value{{Origin: Outside, Text: v.Name(), Site: g.site(e)}}
	}
	return g.slot(w, named.Obj().Pkg().Path()+"."+named.Obj().Name()+"."+v.Name(), e)
}

type fieldInfo struct{ tag reflect.StructTag }

// owner returns the named struct that declares a field reached from a type.
func owner(t types.Type, v *types.Var) (*types.Named, fieldInfo) {
	for range maxDepth {
		if t == nil {
			return nil, fieldInfo{}
		}
		t = types.Unalias(t)
		if p, ok := t.(*types.Pointer); ok {
			t = types.Unalias(p.Elem())
		}
		named, ok := t.(*types.Named)
		if !ok {
			return nil, fieldInfo{}
		}
		s, ok := named.Underlying().(*types.Struct)
		if !ok {
			return nil, fieldInfo{}
		}
		var embedded types.Type
		for i := range s.NumFields() {
			if s.Field(i) == v || s.Field(i).Pos() == v.Pos() && s.Field(i).Name() == v.Name() {
				return named.Origin(), fieldInfo{reflect.StructTag(s.Tag(i))}
			}
			if s.Field(i).Embedded() && embedded == nil {
				embedded = s.Field(i).Type()
			}
		}
		t = embedded
	}
	return nil, fieldInfo{}
}

// slot refers to what is known only when the program is put together, and asks
// for it.
func (g *gatherer) slot(w want, name string, at ast.Expr) Value {
	name = string(w) + "|" + name
	g.demand(name)
	return Value{{Origin: ref, Text: name, Site: g.site(at)}}
}

func (g *gatherer) traceLiteral(lit *ast.CompositeLit, w want, depth int) Value {
	t := types.Unalias(g.pass.TypesInfo.TypeOf(lit))
	if w == wantKeys {
		return g.literalKeys(lit)
	}
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return unknown()
	}
	title := logapi.Path(named.Obj().Pkg().Path()) + "." + named.Obj().Name()
	switch {
	case w == wantWriter:
		return g.writerLiteral(lit, title, depth)
	case w == wantLogger && madeByLiteral[title] != "":
		return Value{{Origin: Made, Site: g.site(lit)}}
	case w == wantLogger && g.own(named.Obj().Pkg()):
		return g.wrapperLiteral(lit, depth)
	}
	return unknown()
}

// wrapperLiteral follows a struct of the user's that holds a logger.
func (g *gatherer) wrapperLiteral(lit *ast.CompositeLit, depth int) Value {
	if g.handles(g.pass.TypesInfo.TypeOf(lit)) != nil {
		return Value{{Origin: Made, Site: g.site(lit)}}
	}
	var all Value
	for _, elt := range lit.Elts {
		if pair, ok := elt.(*ast.KeyValueExpr); ok {
			elt = pair.Value
		}
		if isLogger(g.pass.TypesInfo.TypeOf(elt)) {
			all = append(all, g.traceTo(elt, wantLogger, depth+1)...)
		}
	}
	if all == nil {
		return unknown()
	}
	return all
}

// traceCall follows one result of a call.
func (g *gatherer) traceCall(call *ast.CallExpr, w want, result, depth int) Value {
	info := g.pass.TypesInfo
	if tv := info.Types[call.Fun]; tv.IsType() && len(call.Args) == 1 {
		return g.traceTo(call.Args[0], w, depth+1)
	}
	switch callee := typeutil.Callee(info, call).(type) {
	case *types.Builtin:
		switch {
		case callee.Name() == "new" && w == wantLevel:
			return fixed(levelName(info.TypeOf(call.Args[0]), 0))
		case callee.Name() == "append" && w == wantKeys:
			return g.appendedKeys(call, depth)
		}
		return unknown()
	case *types.Func:
		if callee.Pkg() == nil {
			return unknown()
		}
		return g.traceFunction(call, callee.Origin(), w, result, depth)
	}
	return unknown()
}

func (g *gatherer) traceFunction(call *ast.CallExpr, fn *types.Func, w want, result, depth int) Value {
	if w == wantLogger && g.recorded(call) {
		return Value{{Origin: Made, Site: g.site(call)}}
	}
	if value, ok := g.libraryCall(call, fn, w, depth); ok {
		return value
	}
	if !g.own(fn.Pkg()) {
		return unknown()
	}
	if types.IsInterface(recvType(fn)) {
		return unknown()
	}
	return g.slot(w, reach.ID(fn)+"()"+strconv.Itoa(result), call)
}

func recvType(fn *types.Func) types.Type {
	if recv := fn.Signature().Recv(); recv != nil {
		return recv.Type()
	}
	return types.Typ[types.Invalid]
}

// isStream reports whether a variable is a standard stream.
func isStream(v *types.Var) bool {
	return v.Pkg() != nil && v.Pkg().Path() == "os" && (v.Name() == "Stdout" || v.Name() == "Stderr")
}

// isStreamPath reports whether a path names a standard stream.
func isStreamPath(path string) bool {
	switch path {
	case "/dev/stdout", "/dev/stderr", "stdout", "stderr", "-":
		return true
	}
	return strings.HasPrefix(path, "/proc/") && strings.Contains(path, "/fd/") || strings.HasPrefix(path, "/dev/fd/")
}

// field returns what the literal of a struct sets a field to.
func field(lit *ast.CompositeLit, name string) ast.Expr {
	for _, elt := range lit.Elts {
		if pair, ok := elt.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok && key.Name == name {
				return pair.Value
			}
		}
	}
	return nil
}

// option follows a field of a value that configures a logger: a literal, or a
// variable whose fields are set. Set says whether it may be set at all.
func (g *gatherer) option(e ast.Expr, name string, w want) (value Value, set bool) {
	return g.optionOf(e, name, w, 0)
}

func (g *gatherer) optionOf(e ast.Expr, name string, w want, depth int) (Value, bool) {
	if depth > maxDepth {
		return unknown(), true
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return g.optionOf(e.X, name, w, depth+1)
		}
	case *ast.CompositeLit:
		value := field(e, name)
		if value == nil {
			return nil, len(e.Elts) > 0 && !isKeyed(e)
		}
		return g.trace(value, w), true
	case *ast.Ident:
		if e.Name == "nil" {
			return nil, false
		}
		if v := g.index.variable(e); v != nil && !v.IsField() && v.Parent() != v.Pkg().Scope() {
			if _, isParam := g.index.params[v]; !isParam {
				return g.variableOption(v, name, w, depth)
			}
		}
	case *ast.CallExpr:
		if tv := g.pass.TypesInfo.Types[e.Fun]; tv.IsBuiltin() && CalledName(e) == "new" {
			return nil, false
		}
		if preset(g.pass.TypesInfo, e) != "" {
			return nil, false
		}
	}
	return unknown(), true
}

func isKeyed(lit *ast.CompositeLit) bool {
	_, keyed := lit.Elts[0].(*ast.KeyValueExpr)
	return keyed
}

// variableOption follows the field of a local variable.
func (g *gatherer) variableOption(v *types.Var, name string, w want, depth int) (Value, bool) {
	if g.open[v] {
		return nil, false
	}
	g.open[v] = true
	defer delete(g.open, v)
	var all Value
	set := false
	for _, a := range g.index.vars[v] {
		if a.value == nil || a.open {
			continue
		}
		value, isSet := g.optionOf(a.value, name, w, depth+1)
		all, set = append(all, value...), set || isSet
	}
	for _, a := range g.fieldsOf(v, name) {
		all, set = append(all, g.assignment(v, a, w, depth)...), true
	}
	if g.handedOver(v) {
		all, set = append(all, unknown()...), true
	}
	return all, set
}

// fieldsOf lists the assignments v.name = value.
func (g *gatherer) fieldsOf(v *types.Var, name string) []assignment {
	var list []assignment
	for _, set := range g.sets[v] {
		if set.name == name {
			list = append(list, set.assignment)
		}
	}
	return list
}
