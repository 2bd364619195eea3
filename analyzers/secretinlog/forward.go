package secretinlog

import (
	"go/ast"
	"go/types"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// forwards returns, for a function of this package that hands parameters on to
// a log, the entry that makes a call of it a sink; nil for any other function.
func (c *checker) forwards(decl *ast.FuncDecl) *logapi.Func {
	if f, ok := c.forwarders[decl]; ok {
		return f
	}
	c.forwarders[decl] = nil // a recursive function forwards by its other calls
	fn, ok := c.pass.TypesInfo.Defs[decl.Name].(*types.Func)
	if !ok || fn.Signature().Params().Len() == 0 {
		return nil
	}
	roles := make(map[int]logapi.Role)
	var first *logapi.Func
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		e, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		call, ok := c.logCall(e)
		if !ok || call.Func.Library == "fmt" && !c.serves(e) {
			return true
		}
		if call.Func.Kind != logapi.Sink && !c.reachesSink(e, 0) || c.discarded(e) {
			return true
		}
		if c.forwardsIn(call, decl, roles) && first == nil {
			first = call.Func
		}
		return true
	})
	if first == nil {
		return nil
	}
	f := &logapi.Func{Library: first.Library, Name: fn.Name(), Kind: logapi.Sink, Roles: spell(fn, roles), Class: first.Class}
	c.forwarders[decl] = f
	return f
}

// forwardsIn notes which parameters of decl one log call shows.
func (c *checker) forwardsIn(call *logapi.Call, decl *ast.FuncDecl, roles map[int]logapi.Role) bool {
	found := false
	for _, arg := range call.Arguments(c.pass.TypesInfo) {
		v := c.shown(arg)
		if v.source != nil || v.params == 0 {
			continue
		}
		for i := range 64 {
			if v.params&(1<<i) == 0 {
				continue
			}
			found = true
			role := logapi.Value
			switch {
			case arg.Spread && arg.Role == logapi.Attrs && c.isParameter(arg.Expr, decl, i):
				role = logapi.Pairs
			case arg.Role == logapi.Format && c.isParameter(arg.Expr, decl, i):
				role = logapi.Format
			case arg.Role == logapi.Message && c.isParameter(arg.Expr, decl, i):
				role = logapi.Message
			}
			if _, known := roles[i]; !known || role != logapi.Value {
				roles[i] = role
			}
		}
	}
	return found
}

func (c *checker) isParameter(e ast.Expr, decl *ast.FuncDecl, i int) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := c.pass.TypesInfo.ObjectOf(id).(*types.Var)
	return ok && c.index.parameter(decl, v) == i
}

// spell turns the noted roles into those of the parameters, receiver left out.
// A string before a variadic that is formatted is its format.
func spell(fn *types.Func, roles map[int]logapi.Role) []logapi.Role {
	sig := fn.Signature()
	shift := 0
	if sig.Recv() != nil {
		shift = 1
	}
	n := sig.Params().Len()
	list := make([]logapi.Role, n)
	for i := range list {
		list[i] = logapi.Other
		if role, ok := roles[i+shift]; ok {
			list[i] = role
		}
	}
	if !sig.Variadic() || list[n-1] == logapi.Other || list[n-1] == logapi.Pairs {
		return list
	}
	list[n-1] = logapi.Values
	if n > 1 && list[n-2] != logapi.Other && sig.Params().At(n-2).Type() == types.Typ[types.String] {
		list[n-2] = logapi.Format
	}
	return list
}
