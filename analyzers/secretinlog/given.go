package secretinlog

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// filled judges what a function may have written into the place that rest leads
// to below an address it was given: nothing if its body shows that, a flag's
// value, else unknown.
func (c *checker) filled(d definition, rest []*types.Var) value {
	call, ok := d.node.(*ast.CallExpr)
	given := d.target
	if !ok {
		if call, ok = c.index.parents[d.node].(*ast.CallExpr); !ok {
			return value{}
		}
		given = d.node.(ast.Expr)
	}
	if c.leaves(call, given, rest, 0) {
		return harmless
	}
	if len(call.Args) < 2 || call.Args[0] != given {
		return value{}
	}
	fn, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Name() != "flag" && fn.Pkg().Name() != "pflag" {
		return value{}
	}
	if name, ok := logapi.Constant(c.pass.TypesInfo, call.Args[1]); ok && c.vocabulary.Name(name) == sensitive.Secret {
		return value{source: &source{kind: sensitive.Read, text: fmt.Sprintf("flag %q", name), node: call}}
	}
	return value{}
}

// maxGiven bounds through how many functions an address is followed.
const maxGiven = 4

// leaves reports whether a call is known to leave the place alone that fields
// lead to below an address that it is given: a function of this package that
// only reads there, and hands the address to none that does more.
func (c *checker) leaves(call *ast.CallExpr, given ast.Expr, fields []*types.Var, depth int) bool {
	fn, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func)
	if !ok || depth > maxGiven || c.index.funcs[fn.Origin()] == nil {
		return false
	}
	for i, list := range c.arguments(fn.Origin(), call) {
		if slices.Contains(list, given) {
			params := parameters(fn.Origin())
			return (i < len(params)-1 || !fn.Signature().Variadic()) && c.onlyReads(params[i], fields, depth)
		}
	}
	return false
}

// onlyReads reports whether a parameter's function writes nothing into the place
// that fields lead to below it, and lets nobody else do so.
func (c *checker) onlyReads(param *types.Var, fields []*types.Var, depth int) bool {
	for _, d := range c.index.writes[param] {
		if !concerns(&d, place{root: param, fields: fields}) {
			continue
		}
		call, ok := d.node.(*ast.CallExpr)
		if d.kind != escaped || !ok || !c.leaves(call, d.target, fields[len(d.fields):], depth+1) {
			return false
		}
	}
	return !slices.ContainsFunc(c.index.uses[param], func(id *ast.Ident) bool { return c.keeps(id) })
}

// keeps reports whether a use of a pointer may put it where others find it.
func (c *checker) keeps(id *ast.Ident) bool {
	switch parent := c.index.parents[id].(type) {
	case *ast.SelectorExpr, *ast.StarExpr, *ast.BinaryExpr:
		return false
	case *ast.CallExpr:
		return parent.Fun == ast.Expr(id) || c.bodyOf(parent) == nil && !c.spells(parent)
	}
	return true
}

// spells reports whether a call only makes text or a log line of its arguments.
func (c *checker) spells(call *ast.CallExpr) bool {
	if _, ok := logapi.Of(c.pass.TypesInfo, call); ok {
		return true
	}
	fn, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func)
	if !ok {
		return false
	}
	path, recv, name := named(fn)
	return recv == "" && formatters[path+"."+name] != nil
}
