package secretinlog

import (
	"go/ast"
	"go/types"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// maxHops bounds how far a builder is followed to the call that writes it.
const maxHops = 12

// reachesSink reports whether the result of an expression (an attribute, entry,
// event or logger) is used by a call that writes a line, or leaves the function.
func (c *checker) reachesSink(e ast.Expr, hops int) bool {
	if hops > maxHops {
		return true
	}
	var child ast.Node = e
	for n := c.index.parents[e]; n != nil; child, n = n, c.index.parents[n] {
		switch n := n.(type) {
		case *ast.ParenExpr, *ast.KeyValueExpr, *ast.CompositeLit, *ast.UnaryExpr, *ast.StarExpr:
		case *ast.SelectorExpr:
			call, ok := c.index.parents[n].(*ast.CallExpr)
			return !ok || call.Fun != n || c.callReachesSink(call, hops)
		case *ast.CallExpr:
			return c.callReachesSink(n, hops)
		case *ast.AssignStmt:
			return c.targetReachesSink(n.Lhs, n.Rhs, child, n, hops)
		case *ast.ValueSpec:
			names := make([]ast.Expr, len(n.Names))
			for i, name := range n.Names {
				names[i] = name
			}
			return c.targetReachesSink(names, n.Values, child, n, hops)
		case *ast.ExprStmt:
			// A zerolog event takes its field in although the result is dropped.
			return c.changesReceiver(child, hops)
		case ast.Stmt:
			return true
		}
	}
	return true
}

// callReachesSink follows a call that an attribute or logger takes part in.
func (c *checker) callReachesSink(call *ast.CallExpr, hops int) bool {
	inner, ok := c.logCall(call)
	if ok && inner.Func.Kind == logapi.Sink {
		return !c.discarded(call)
	}
	if t := c.pass.TypesInfo.TypeOf(call); t == nil {
		return true
	} else if tuple, ok := t.(*types.Tuple); ok && tuple.Len() == 0 {
		return true
	}
	if ok {
		return c.reachesSink(call, hops+1)
	}
	if id, isIdent := ast.Unparen(call.Fun).(*ast.Ident); isIdent && id.Name == "append" {
		return c.reachesSink(call, hops+1)
	}
	if _, dropped := c.index.parents[call].(*ast.ExprStmt); dropped {
		return true
	}
	return c.reachesSink(call, hops+1)
}

func (c *checker) targetReachesSink(left, right []ast.Expr, value ast.Node, stmt ast.Node, hops int) bool {
	for i, e := range right {
		if ast.Node(e) != value || i >= len(left) {
			continue
		}
		id, ok := ast.Unparen(left[i]).(*ast.Ident)
		if !ok {
			if item, isItem := ast.Unparen(left[i]).(*ast.IndexExpr); isItem {
				if id, ok = ast.Unparen(item.X).(*ast.Ident); ok {
					return c.usedBySink(id, stmt, hops)
				}
			}
			return true
		}
		if id.Name == "_" {
			return false
		}
		return c.usedBySink(id, stmt, hops)
	}
	return true
}

func (c *checker) usedBySink(id *ast.Ident, stmt ast.Node, hops int) bool {
	v, ok := c.pass.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok || c.global(v) {
		return true
	}
	for _, use := range c.index.usedAfter(v, stmt) {
		if c.reachesSink(use, hops+1) {
			return true
		}
	}
	return false
}

// changesReceiver reports whether a chain whose result is dropped adds to an
// event that is written later.
func (c *checker) changesReceiver(n ast.Node, hops int) bool {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return false
	}
	id, ok := c.origin(call).(*ast.Ident)
	if !ok {
		return false
	}
	t := c.pass.TypesInfo.TypeOf(id)
	if _, pointer := t.(*types.Pointer); !pointer {
		return false
	}
	if inner, ok := logapi.Of(c.pass.TypesInfo, call); !ok || inner.Func.Library != "zerolog" {
		return false
	}
	return c.usedBySink(id, call, hops)
}

// origin returns the expression at the start of a chain of calls.
func (c *checker) origin(e ast.Expr) ast.Expr {
	for {
		call, ok := ast.Unparen(e).(*ast.CallExpr)
		if !ok {
			return ast.Unparen(e)
		}
		on := logapi.Receiver(c.pass.TypesInfo, call)
		if on == nil {
			return call
		}
		e = on
	}
}

// discarded reports whether a call logs to a logger that drops everything.
func (c *checker) discarded(call *ast.CallExpr) bool {
	on := logapi.Receiver(c.pass.TypesInfo, call)
	return on != nil && c.discards(c.origin(on), 0)
}

func (c *checker) discards(e ast.Expr, hops int) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		return c.makesNothing(e, hops)
	case *ast.Ident:
		v, ok := c.pass.TypesInfo.ObjectOf(e).(*types.Var)
		if !ok || hops > 4 {
			return false
		}
		defs, entry := c.index.writes[v], c.global(v) && v.Exported()
		if !c.global(v) {
			defs, entry = c.index.reaching(place{root: v}, e)
		}
		any := false
		for _, d := range defs {
			if d.kind == escaped {
				any = any || c.silenced(d)
				continue
			}
			if d.value == nil || !c.discards(c.origin(d.value), hops+1) {
				return c.silencedLater(defs)
			}
			any = true
		}
		return any && !entry
	case *ast.SelectorExpr:
		return c.qualified(e) == "io.Discard" || c.qualified(e) == "log/slog.DiscardHandler"
	case *ast.UnaryExpr:
		return c.discards(e.X, hops+1)
	}
	return false
}

// silencedLater reports whether one of the calls on a logger sends it nowhere.
func (c *checker) silencedLater(defs []definition) bool {
	for _, d := range defs {
		if d.kind == escaped && c.silenced(d) {
			return true
		}
	}
	return false
}

// silenced recognises l.SetOutput(io.Discard).
func (c *checker) silenced(d definition) bool {
	call, ok := d.node.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "SetOutput" {
		return false
	}
	arg, ok := ast.Unparen(call.Args[0]).(*ast.SelectorExpr)
	return ok && c.qualified(arg) == "io.Discard"
}

// makesNothing recognises constructors of loggers and handlers that write
// nothing.
func (c *checker) makesNothing(call *ast.CallExpr, hops int) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	name := c.qualified(sel)
	if nothing[name] {
		return true
	}
	if handing[name] && len(call.Args) > 0 {
		return c.discards(call.Args[0], hops+1)
	}
	return false
}

var (
	nothing = wordSet(`github.com/rs/zerolog.Nop go.uber.org/zap.NewNop github.com/go-logr/logr.Discard
		github.com/hashicorp/go-hclog.NewNullLogger github.com/go-kit/log.NewNopLogger github.com/go-kit/kit/log.NewNopLogger
		go.uber.org/zap/zaptest.NewLogger github.com/go-logr/logr/testr.New`)

	// handing constructors write where their first argument does.
	handing = wordSet(`log.New log/slog.New log/slog.NewTextHandler log/slog.NewJSONHandler github.com/rs/zerolog.New
		github.com/go-kit/log.NewLogfmtLogger github.com/go-kit/log.NewJSONLogger`)
)

// qualified returns "path.Name" for a name of another package, versions left
// out.
func (c *checker) qualified(sel *ast.SelectorExpr) string {
	obj := c.pass.TypesInfo.Uses[sel.Sel]
	if obj == nil || obj.Pkg() == nil || c.pass.TypesInfo.Selections[sel] != nil {
		return ""
	}
	return logapi.Path(obj.Pkg().Path()) + "." + obj.Name()
}

// entries lists keys and values of a map given to a logger, written into it
// before use.
func (c *checker) entries(e ast.Expr, use ast.Node, class logapi.Class) []logapi.Argument {
	var list []logapi.Argument
	add := func(key, value ast.Expr) {
		name, _ := logapi.Constant(c.pass.TypesInfo, key)
		list = append(list, logapi.Argument{Expr: value, Role: logapi.Value, Key: name, Class: class})
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		for _, elt := range e.Elts {
			if pair, ok := elt.(*ast.KeyValueExpr); ok {
				add(pair.Key, pair.Value)
			}
		}
		return list
	case *ast.CallExpr:
		if tv := c.pass.TypesInfo.Types[e.Fun]; tv.IsType() && len(e.Args) == 1 {
			return c.entries(e.Args[0], use, class)
		}
	case *ast.Ident:
		for _, d := range c.writesTo(e, use) {
			assign, ok := d.node.(*ast.AssignStmt)
			switch {
			case d.kind == element && ok && d.value != nil && d.result == 0:
				for i, left := range assign.Lhs {
					if item, ok := ast.Unparen(left).(*ast.IndexExpr); ok && i < len(assign.Rhs) && assign.Rhs[i] == d.value {
						add(item.Index, d.value)
					}
				}
			case d.kind == assigned && d.value != nil && d.result == 0 && !covers(d.value, use):
				list = append(list, c.entries(d.value, d.value, class)...)
			}
		}
		return list
	}
	return list
}

// items lists what was put into a slice before use.
func (c *checker) items(e ast.Expr, use ast.Node) []ast.Expr {
	if c.steps > maxSteps {
		return nil
	}
	c.steps++
	defer func() { c.steps-- }()
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		return e.Elts
	case *ast.CallExpr:
		if id, ok := ast.Unparen(e.Fun).(*ast.Ident); ok && id.Name == "append" && len(e.Args) > 0 {
			list := c.items(e.Args[0], e)
			if e.Ellipsis.IsValid() {
				return append(list, c.items(e.Args[1], e)...)
			}
			return append(list, e.Args[1:]...)
		}
	case *ast.Ident:
		var list []ast.Expr
		writes := c.writesTo(e, use)
		for i := len(writes) - 1; i >= 0; i-- {
			if d := writes[i]; d.kind == assigned && d.value != nil && d.result == 0 {
				list = append(list, c.items(d.value, d.value)...)
			}
		}
		return list
	}
	return nil
}

func (c *checker) writesTo(id *ast.Ident, use ast.Node) []definition {
	v, ok := c.pass.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok || c.global(v) {
		return nil
	}
	defs, _ := c.index.reaching(place{root: v}, use)
	return defs
}
