package reach

import (
	"go/ast"
	"go/token"
	"go/types"
)

// values notes the values that a piece of syntax makes, and those that it hands
// to a library behind an interface.
func (b *builder) values(n ast.Node) {
	info := b.pass.TypesInfo
	switch n := n.(type) {
	case *ast.CompositeLit:
		b.make(b.NodeOf(n), info.TypeOf(n), 0)
		b.fields(n)
	case *ast.ValueSpec:
		for _, name := range n.Names {
			if obj := info.Defs[name]; obj != nil && n.Type != nil {
				b.make(b.NodeOf(n), obj.Type(), 0)
			}
		}
		for _, value := range n.Values {
			if n.Type != nil {
				b.hand(value, info.TypeOf(n.Type))
			}
		}
	case *ast.CallExpr:
		b.arguments(n)
	case *ast.AssignStmt:
		for i, value := range n.Rhs {
			if n.Tok == token.ASSIGN && len(n.Lhs) == len(n.Rhs) {
				b.hand(value, info.TypeOf(n.Lhs[i]))
			}
		}
	case *ast.ReturnStmt:
		if results := b.results(n); results != nil && results.Len() == len(n.Results) {
			for i, value := range n.Results {
				b.hand(value, results.At(i).Type())
			}
		}
	}
}

// maxNesting bounds how deep fields are looked at.
const maxNesting = 4

// make notes that a function makes a value of a type, with all that it holds.
func (b *builder) make(n *Node, t types.Type, depth int) {
	named, ok := types.Unalias(t).(*types.Named)
	if ok && (named.Obj().Pkg() == nil || !b.own(named.Obj().Pkg()) || n.makes[named.Obj()]) {
		return
	}
	if ok {
		if n.makes == nil {
			n.makes = make(map[*types.TypeName]bool)
		}
		n.makes[named.Obj()] = true
	}
	if t == nil || depth == maxNesting {
		return
	}
	switch t := t.Underlying().(type) {
	case *types.Struct:
		for field := range t.Fields() {
			b.make(n, field.Type(), depth+1)
		}
	case *types.Array:
		b.make(n, t.Elem(), depth+1)
	}
}

// arguments notes what a call makes and what it hands over.
func (b *builder) arguments(call *ast.CallExpr) {
	info := b.pass.TypesInfo
	fun := info.Types[call.Fun]
	switch {
	case fun.IsType():
		b.make(b.NodeOf(call), fun.Type, 0)
		if len(call.Args) == 1 {
			b.hand(call.Args[0], fun.Type)
		}
		return
	case fun.IsBuiltin():
		if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && id.Name == "new" && len(call.Args) == 1 {
			b.make(b.NodeOf(call), info.TypeOf(call.Args[0]), 0)
		}
		return
	}
	signature, ok := types.Unalias(info.TypeOf(call.Fun)).Underlying().(*types.Signature)
	if !ok {
		return
	}
	params := signature.Params()
	for i, arg := range call.Args {
		switch {
		case signature.Variadic() && i >= params.Len()-1:
			t := params.At(params.Len() - 1).Type()
			if slice, ok := t.Underlying().(*types.Slice); ok && !call.Ellipsis.IsValid() {
				t = slice.Elem()
			}
			b.hand(arg, t)
		case i < params.Len():
			b.hand(arg, params.At(i).Type())
		}
	}
}

// fields notes what the literal of a struct hands over.
func (b *builder) fields(lit *ast.CompositeLit) {
	t := b.pass.TypesInfo.TypeOf(lit)
	if t == nil {
		return
	}
	for i, elt := range lit.Elts {
		pair, keyed := elt.(*ast.KeyValueExpr)
		switch u := t.Underlying().(type) {
		case *types.Struct:
			if keyed {
				if key, ok := pair.Key.(*ast.Ident); ok {
					b.hand(pair.Value, b.pass.TypesInfo.TypeOf(key))
				}
			} else if i < u.NumFields() {
				b.hand(elt, u.Field(i).Type())
			}
		case interface{ Elem() types.Type }:
			if keyed {
				elt = pair.Value
			}
			b.hand(elt, u.Elem())
		}
	}
}

// results returns what the function around a return statement returns.
func (b *builder) results(n ast.Node) *types.Tuple {
	for n = b.parents[n]; n != nil; n = b.parents[n] {
		switch n := n.(type) {
		case *ast.FuncLit:
			if s, ok := b.pass.TypesInfo.TypeOf(n).(*types.Signature); ok {
				return s.Results()
			}
		case *ast.FuncDecl:
			if fn, ok := b.pass.TypesInfo.Defs[n.Name].(*types.Func); ok {
				return fn.Signature().Results()
			}
		}
	}
	return nil
}

// hand notes that a value is put behind an interface of a library, which may
// call the methods that the interface has.
func (b *builder) hand(value ast.Expr, target types.Type) {
	if target == nil || !types.IsInterface(target) {
		return
	}
	iface, ok := target.Underlying().(*types.Interface)
	t := b.pass.TypesInfo.TypeOf(value)
	if !ok || iface.NumMethods() == 0 || t == nil || types.IsInterface(t) {
		return
	}
	if named, ok := types.Unalias(target).(*types.Named); ok && named.Obj().Pkg() != nil && b.own(named.Obj().Pkg()) {
		return // the program calls them itself
	}
	from := b.NodeOf(value)
	for method := range iface.Methods() {
		found, _, _ := types.LookupFieldOrMethod(t, true, b.pass.Pkg, method.Name())
		if fn, ok := found.(*types.Func); ok && fn.Pkg() != nil && !types.IsInterface(recvType(fn)) {
			b.call(from, fn.Origin(), false)
		}
	}
}

// declared lists the types that the package declares at its top level.
func (b *builder) declared() []*types.TypeName {
	var list []*types.TypeName
	scope := b.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if ok && !obj.IsAlias() && !types.IsInterface(obj.Type()) {
			list = append(list, obj)
		}
	}
	return list
}

// typeID names a type of the user's.
func typeID(t *types.TypeName) string { return t.Pkg().Path() + "." + t.Name() }
