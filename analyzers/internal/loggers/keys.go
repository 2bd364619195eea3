package loggers

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// keysOf lists the keys of the attributes that the arguments of a call bind.
func (g *gatherer) keysOf(call *ast.CallExpr, from int) Value {
	if from < 0 || from > len(call.Args) {
		return nil
	}
	args := call.Args[from:]
	if call.Ellipsis.IsValid() && len(args) > 0 {
		last := len(args) - 1
		return append(g.pairKeys(args[:last]), g.trace(args[last], wantKeys)...)
	}
	if fn, ok := typeutil.Callee(g.pass.TypesInfo, call).(*types.Func); ok && keyFirst(fn) {
		return g.key(args[0])
	}
	return g.pairKeys(args)
}

// keyFirst reports whether the first argument of a method is the key of the
// second: zerolog's Str, logrus's WithField.
func keyFirst(fn *types.Func) bool {
	f, ok := logapi.Lookup(fn)
	return ok && len(f.Roles) > 0 && f.Roles[0] == logapi.Key
}

// key returns the key that an expression spells.
func (g *gatherer) key(e ast.Expr) Value {
	if text, ok := logapi.Constant(g.pass.TypesInfo, e); ok {
		return fixed(text)
	}
	if text, ok := conventions[g.calledOn(e)]; ok {
		return fixed(text)
	}
	return unknown()
}

// conventions are the keys of attributes of OpenTelemetry's semantic
// conventions, by the function that makes the attribute or the name of the key.
var conventions = map[string]string{
	"ServiceName": "service.name", "ServiceNameKey": "service.name", "ServiceVersion": "service.version", "ServiceVersionKey": "service.version",
}

// calledOn names the semantic convention in string(semconv.ServiceNameKey).
func (g *gatherer) calledOn(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		if tv := g.pass.TypesInfo.Types[e.Fun]; tv.IsType() && len(e.Args) == 1 {
			return g.calledOn(e.Args[0])
		}
		return CalledName(e)
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// pairKeys lists the keys of alternating keys and values, and of built
// attributes.
func (g *gatherer) pairKeys(args []ast.Expr) Value {
	var value Value
	for _, arg := range logapi.Pair(g.pass.TypesInfo, args, logapi.Plain) {
		if arg.Role == logapi.Attrs {
			value = append(value, g.attribute(arg.Expr, 0)...)
			continue
		}
		if arg.Key == "" {
			value = append(value, unknown()...)
			continue
		}
		value = append(value, fixed(arg.Key)...)
	}
	return value
}

// attribute lists the keys of what stands for an attribute: one that a call
// builds, an option of zap, a map or slice of attributes.
func (g *gatherer) attribute(e ast.Expr, depth int) Value {
	e = ast.Unparen(e)
	if depth > maxDepth {
		return unknown()
	}
	t := g.pass.TypesInfo.TypeOf(e)
	if t != nil && isMap(t) {
		return g.trace(e, wantKeys)
	}
	switch e := e.(type) {
	case *ast.CallExpr:
		return g.builtAttribute(e, depth)
	case *ast.CompositeLit:
		return g.literalKeys(e)
	case *ast.Ident, *ast.SelectorExpr:
		if isOption(t) {
			return nil // what adds attributes is called zap.Fields
		}
		if v := g.index.variable(e); v != nil {
			return g.trace(e, wantKeys)
		}
	}
	return unknown()
}

func (g *gatherer) builtAttribute(call *ast.CallExpr, depth int) Value {
	fn, ok := typeutil.Callee(g.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return unknown()
	}
	if pathOf(fn.Pkg()) == "go.uber.org/zap" && isOption(g.pass.TypesInfo.TypeOf(call)) {
		switch fn.Name() {
		case "Fields":
			return g.keysOf(call, 0)
		case "WrapCore", "Hooks":
			return unknown()
		}
		return nil
	}
	switch f, ok := logapi.Lookup(fn); {
	case !ok:
		return unknown()
	case fn.Name() == "Group" || fn.Name() == "GroupAttrs" || fn.Name() == "Dict":
		key := g.key(call.Args[0])
		var value Value
		for _, inner := range g.keysOf(call, 1) { // service.name in a group service
			if text, isKey := key.Known(); isKey && inner.Origin == Constant {
				inner.Text = text + "." + inner.Text
			}
			value = append(value, inner)
		}
		return append(value, key...)
	case fn.Name() == "Error":
		return fixed("error")
	case f.Kind == logapi.Builder && len(call.Args) > 0:
		return g.key(call.Args[0])
	}
	return nil
}

// isOption reports whether values of a type are options of zap.
func isOption(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == "Option" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "go.uber.org/zap"
}

func isMap(t types.Type) bool {
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// literalKeys lists the keys of a literal: a map, a slice of keys and values or
// of attributes, an attribute.
func (g *gatherer) literalKeys(lit *ast.CompositeLit) Value {
	t := g.pass.TypesInfo.TypeOf(lit)
	var value Value
	switch {
	case isMap(t):
		for _, elt := range lit.Elts {
			if pair, ok := elt.(*ast.KeyValueExpr); ok {
				value = append(value, g.key(pair.Key)...)
			}
		}
		return value
	case logapi.IsAttribute(t):
		if key := field(lit, "Key"); key != nil {
			return g.key(key)
		}
		return unknown()
	}
	if _, ok := t.Underlying().(*types.Slice); ok {
		return g.pairKeys(lit.Elts)
	}
	return unknown()
}

// appendedKeys lists the keys in a call of append.
func (g *gatherer) appendedKeys(call *ast.CallExpr, depth int) Value {
	if len(call.Args) == 0 {
		return nil
	}
	value := g.traceTo(call.Args[0], wantKeys, depth+1)
	return append(value, g.keysOf(call, 1)...)
}

// handles returns the method of a type of this package that adds attributes to
// what is logged: Handle of a handler of slog; nil if it has none.
func (g *gatherer) handles(t types.Type) *ast.FuncDecl {
	if t == nil {
		return nil
	}
	for _, name := range []string{"Handle", "Run", "Write"} {
		obj, _, _ := types.LookupFieldOrMethod(t, true, g.pass.Pkg, name)
		fn, ok := obj.(*types.Func)
		if !ok || !addsAttributes(fn) {
			continue
		}
		if d := g.index.decls[fn.Origin()]; d != nil {
			return d
		}
	}
	return nil
}

// addsAttributes reports whether a method has the shape of one that a logging
// library calls for each record.
func addsAttributes(fn *types.Func) bool {
	params := fn.Signature().Params()
	for i := range params.Len() {
		t := params.At(i).Type()
		if p, ok := types.Unalias(t).(*types.Pointer); ok {
			t = p.Elem()
		}
		named, ok := types.Unalias(t).(*types.Named)
		if !ok || named.Obj().Pkg() == nil {
			continue
		}
		switch pathOf(named.Obj().Pkg()) + "." + named.Obj().Name() {
		case "log/slog.Record", "github.com/rs/zerolog.Event", "go.uber.org/zap/zapcore.Entry":
			return true
		}
	}
	return false
}

// addedKeys lists the keys that a handler adds to each record.
func (g *gatherer) addedKeys(d *ast.FuncDecl) Value {
	var value Value
	ast.Inspect(d, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		switch CalledName(call) {
		case "AddAttrs", "Add", "WithAttrs", "With", "Str", "Any", "Interface":
			value = append(value, g.keysOf(call, 0)...)
		}
		return true
	})
	return value
}
