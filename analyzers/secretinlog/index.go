package secretinlog

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// A place is a variable and the fields that lead into it: cfg.Mail.Pass.
type place struct {
	root   *types.Var
	fields []*types.Var
}

// A definition is a write to a place.
type definition struct {
	fields []*types.Var // below the variable; empty for the variable itself
	node   ast.Node     // statement, or the expression that gives the address away
	// value is what is written, nil if nobody knows. With result it is a call of
	// which that result is meant.
	value  ast.Expr
	result int
	kind   definitionKind
	target ast.Expr // what was given away, for escaped
}

type definitionKind uint8

const (
	assigned definitionKind = iota
	added                   // x += value
	zero                    // declared without a value
	element                 // x[key] = value, or an item taken in
	ranged                  // item of the value
	escaped                 // the address was given to a function
)

// An index holds, for one package, the parent of each node and every write to
// each variable.
type index struct {
	info    *types.Info
	parents map[ast.Node]ast.Node
	writes  map[*types.Var][]definition // in source order
	uses    map[*types.Var][]*ast.Ident // in source order
	funcs   map[*types.Func]*ast.FuncDecl
}

func newIndex(pass *analysis.Pass, parents map[ast.Node]ast.Node) *index {
	x := &index{
		info:    pass.TypesInfo,
		parents: parents,
		writes:  make(map[*types.Var][]definition),
		uses:    make(map[*types.Var][]*ast.Ident),
		funcs:   make(map[*types.Func]*ast.FuncDecl),
	}
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			x.record(n)
			return true
		})
	}
	return x
}

func (x *index) record(n ast.Node) {
	switch n := n.(type) {
	case *ast.Ident:
		if v, ok := x.info.Uses[n].(*types.Var); ok && !v.IsField() {
			x.uses[v] = append(x.uses[v], n)
		}
	case *ast.FuncDecl:
		if fn, ok := x.info.Defs[n.Name].(*types.Func); ok && n.Body != nil {
			x.funcs[fn] = n
		}
	case *ast.AssignStmt:
		x.assignment(n)
	case *ast.ValueSpec:
		x.declaration(n)
	case *ast.RangeStmt:
		x.write(n.Key, definition{node: n, kind: ranged})
		x.write(n.Value, definition{node: n, kind: ranged, value: n.X})
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			x.escape(n.X, n)
		}
	case *ast.CallExpr:
		x.pointerMethod(n)
	case *ast.TypeSwitchStmt:
		x.typeSwitch(n)
	}
}

func (x *index) assignment(n *ast.AssignStmt) {
	kind := assigned
	if n.Tok != token.ASSIGN && n.Tok != token.DEFINE {
		kind = added
	}
	for i, left := range n.Lhs {
		d := definition{node: n, kind: kind}
		if len(n.Rhs) == len(n.Lhs) {
			d.value = n.Rhs[i]
		} else {
			d.value, d.result = n.Rhs[0], i
		}
		x.write(left, d)
	}
}

func (x *index) declaration(n *ast.ValueSpec) {
	for i, name := range n.Names {
		d := definition{node: n, kind: assigned}
		switch {
		case len(n.Values) == len(n.Names):
			d.value = n.Values[i]
		case len(n.Values) == 1:
			d.value, d.result = n.Values[0], i
		default:
			d.kind = zero
		}
		x.write(name, d)
	}
}

// typeSwitch binds the variable of each clause to the value switched on.
func (x *index) typeSwitch(n *ast.TypeSwitchStmt) {
	assign, ok := n.Assign.(*ast.AssignStmt)
	if !ok || len(assign.Rhs) != 1 {
		return
	}
	assertion, ok := ast.Unparen(assign.Rhs[0]).(*ast.TypeAssertExpr)
	if !ok {
		return
	}
	for _, clause := range n.Body.List {
		if v, ok := x.info.Implicits[clause].(*types.Var); ok {
			x.writes[v] = append(x.writes[v], definition{node: clause, value: assertion.X})
		}
	}
}

func (x *index) write(left ast.Expr, d definition) {
	if left == nil {
		return
	}
	left = ast.Unparen(left)
	if item, ok := left.(*ast.IndexExpr); ok {
		if p, ok := x.place(item.X); ok {
			d.kind, d.fields = element, p.fields
			x.writes[p.root] = append(x.writes[p.root], d)
		}
		return
	}
	if p, ok := x.place(left); ok {
		d.fields = p.fields
		x.writes[p.root] = append(x.writes[p.root], d)
	}
}

func (x *index) escape(e ast.Expr, node ast.Node) {
	if p, ok := x.place(e); ok {
		x.writes[p.root] = append(x.writes[p.root], definition{node: node, kind: escaped, fields: p.fields, target: e})
	}
}

// pointerMethod records that a method with a pointer receiver may write the
// variable it is called on, and that a function may write behind a pointer.
func (x *index) pointerMethod(call *ast.CallExpr) {
	for _, arg := range call.Args {
		if t := x.info.TypeOf(arg); t != nil {
			if p, ok := t.Underlying().(*types.Pointer); ok {
				if _, structure := p.Elem().Underlying().(*types.Struct); structure {
					x.escape(arg, call)
				}
			}
		}
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return
	}
	fn, ok := x.info.Uses[sel.Sel].(*types.Func)
	if !ok || fn.Signature().Recv() == nil {
		return
	}
	if _, ok := fn.Signature().Recv().Type().(*types.Pointer); ok {
		x.escape(sel.X, call)
	}
}

// place resolves an expression that names a variable or a field below one.
func (x *index) place(e ast.Expr) (place, bool) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v, ok := x.info.ObjectOf(e).(*types.Var); ok && !v.IsField() {
			return place{root: v}, true
		}
	case *ast.StarExpr:
		return x.place(e.X)
	case *ast.SelectorExpr:
		sel := x.info.Selections[e]
		if sel == nil {
			v, ok := x.info.Uses[e.Sel].(*types.Var)
			return place{root: v}, ok
		}
		if sel.Kind() != types.FieldVal {
			return place{}, false
		}
		p, ok := x.place(e.X)
		if !ok {
			return place{}, false
		}
		p.fields = append(p.fields[:len(p.fields):len(p.fields)], fieldsOf(sel)...)
		return p, true
	}
	return place{}, false
}

// fieldsOf spells a selection out, embedded fields included.
func fieldsOf(sel *types.Selection) []*types.Var {
	var fields []*types.Var
	t := sel.Recv()
	for _, i := range sel.Index() {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		s, ok := t.Underlying().(*types.Struct)
		if !ok {
			return fields
		}
		fields = append(fields, s.Field(i))
		t = s.Field(i).Type()
	}
	return fields
}

// function returns the innermost function, declared or literal, around a node.
func (x *index) function(n ast.Node) ast.Node {
	for n = x.parents[n]; n != nil; n = x.parents[n] {
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			return n
		}
	}
	return nil
}

// declared returns the declared function around a node, nil at package level.
func (x *index) declared(n ast.Node) *ast.FuncDecl {
	for ; n != nil; n = x.parents[n] {
		if decl, ok := n.(*ast.FuncDecl); ok {
			return decl
		}
	}
	return nil
}

// parameter returns the position of v among receiver and parameters of the
// declared function around a node; the receiver, if any, is 0.
func (x *index) parameter(decl *ast.FuncDecl, v *types.Var) int {
	if decl == nil {
		return -1
	}
	fn, ok := x.info.Defs[decl.Name].(*types.Func)
	if !ok {
		return -1
	}
	return slices.Index(parameters(fn), v)
}

// parameters lists receiver and parameters of a function.
func parameters(fn *types.Func) []*types.Var {
	var list []*types.Var
	if recv := fn.Signature().Recv(); recv != nil {
		list = append(list, recv)
	}
	for v := range fn.Signature().Params().Variables() {
		list = append(list, v)
	}
	return list
}
