package loggers

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// An assignment is one way in which a variable gets its value.
type assignment struct {
	value  ast.Expr // nil: the zero value, or one that cannot be followed
	result int      // of the call that value is, if several are assigned at once
	open   bool     // the value cannot be followed
	at     ast.Node
}

// An index knows what the variables of a package are assigned and where its
// functions are called.
type index struct {
	info  *types.Info
	vars  map[*types.Var][]assignment
	calls map[*types.Func][]*ast.CallExpr
	decls map[*types.Func]*ast.FuncDecl
	// params numbers the parameters of the declared functions.
	params map[*types.Var]param
}

// A param is a parameter of a declared function.
type param struct {
	fn       *types.Func
	number   int
	variadic bool
}

func newIndex(info *types.Info, files []*ast.File) *index {
	x := &index{
		info: info, vars: make(map[*types.Var][]assignment), calls: make(map[*types.Func][]*ast.CallExpr),
		decls: make(map[*types.Func]*ast.FuncDecl), params: make(map[*types.Var]param),
	}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			x.note(n)
			return true
		})
	}
	return x
}

func (x *index) note(n ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		x.declaration(n)
	case *ast.AssignStmt:
		x.assignStmt(n)
	case *ast.ValueSpec:
		x.valueSpec(n)
	case *ast.CompositeLit:
		x.literal(n)
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			x.escape(n.X, n)
		}
	case *ast.RangeStmt:
		for _, e := range []ast.Expr{n.Key, n.Value} {
			if v := x.variable(e); v != nil {
				x.vars[v] = append(x.vars[v], assignment{open: true, at: n})
			}
		}
	case *ast.CallExpr:
		x.call(n)
	}
}

func (x *index) declaration(d *ast.FuncDecl) {
	fn, ok := x.info.Defs[d.Name].(*types.Func)
	if !ok {
		return
	}
	x.decls[fn] = d
	params := fn.Signature().Params()
	for i := range params.Len() {
		x.params[params.At(i)] = param{fn, i, fn.Signature().Variadic() && i == params.Len()-1}
	}
}

func (x *index) assignStmt(n *ast.AssignStmt) {
	for i, left := range n.Lhs {
		v := x.variable(left)
		if v == nil {
			continue
		}
		a := assignment{at: n}
		switch {
		case n.Tok != token.ASSIGN && n.Tok != token.DEFINE:
			a.open = true
		case len(n.Lhs) == len(n.Rhs):
			a.value = n.Rhs[i]
		default:
			a.value, a.result = n.Rhs[0], i
		}
		x.vars[v] = append(x.vars[v], a)
	}
}

func (x *index) valueSpec(n *ast.ValueSpec) {
	for i, name := range n.Names {
		v, ok := x.info.Defs[name].(*types.Var)
		if !ok {
			continue
		}
		a := assignment{at: n}
		switch {
		case len(n.Values) == len(n.Names):
			a.value = n.Values[i]
		case len(n.Values) == 1:
			a.value, a.result = n.Values[0], i
		}
		x.vars[v] = append(x.vars[v], a)
	}
}

// literal notes what the fields of a struct are set to.
func (x *index) literal(lit *ast.CompositeLit) {
	t := x.info.TypeOf(lit)
	if t == nil {
		return
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i, elt := range lit.Elts {
		if pair, ok := elt.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok {
				if v, ok := x.info.Uses[key].(*types.Var); ok {
					x.vars[v] = append(x.vars[v], assignment{value: pair.Value, at: pair})
				}
			}
		} else if i < s.NumFields() {
			x.vars[s.Field(i)] = append(x.vars[s.Field(i)], assignment{value: elt, at: elt})
		}
	}
}

// escape notes that somebody else may set a variable whose address is taken.
func (x *index) escape(e ast.Expr, at ast.Node) {
	v := x.variable(e)
	if v == nil || structural(v.Type()) && !v.IsField() {
		return // a literal's fields are asked for one by one
	}
	x.vars[v] = append(x.vars[v], assignment{open: true, at: at})
}

// structural reports whether a type is a struct that is configured field by
// field.
func structural(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

// call notes calls of declared functions, and methods that set what they are
// called on: level.UnmarshalText, levelVar.Set.
func (x *index) call(call *ast.CallExpr) {
	fn, ok := typeutil.Callee(x.info, call).(*types.Func)
	if !ok {
		return
	}
	fn = fn.Origin()
	x.calls[fn] = append(x.calls[fn], call)
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if ok && x.info.Selections[sel] != nil && len(call.Args) == 1 && (fn.Name() == "Set" || fn.Name() == "SetLevel" || strings.HasPrefix(fn.Name(), "Unmarshal")) {
		if v := x.variable(sel.X); v != nil {
			x.vars[v] = append(x.vars[v], assignment{value: call.Args[0], at: call})
		}
	}
	for _, arg := range call.Args {
		if unary, ok := ast.Unparen(arg).(*ast.UnaryExpr); ok && unary.Op == token.AND {
			arg = unary.X
		}
		// A level that can be changed while the program runs is handed to
		// somebody who may change it.
		if v := x.variable(arg); v != nil && adjustable(v.Type()) && !takesLevel(fn) {
			x.vars[v] = append(x.vars[v], assignment{open: true, at: call})
		}
	}
}

// variable returns the variable that an expression names: a local one, one of a
// package, or a field.
func (x *index) variable(e ast.Expr) *types.Var {
	switch e := e.(type) {
	case *ast.Ident:
		if v, ok := x.info.Defs[e].(*types.Var); ok {
			return v
		}
		v, _ := x.info.Uses[e].(*types.Var)
		return v
	case *ast.SelectorExpr:
		v, _ := x.info.Uses[e.Sel].(*types.Var)
		return v
	case *ast.ParenExpr:
		return x.variable(e.X)
	case *ast.StarExpr:
		return x.variable(e.X)
	}
	return nil
}
