package taint

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// actual returns the value of an argument that a call has in the source.
func (p *Package) actual(call ssa.CallInstruction, e *ast.CallExpr, arg ast.Expr) (ssa.Value, bool) {
	i := slices.Index(e.Args, arg)
	common := call.Common()
	if i < 0 {
		return nil, false
	}
	if _, ok := common.Value.(*ssa.Builtin); ok {
		return pick(common.Args, i)
	}
	sig := common.Signature()
	n := sig.Params().Len()
	offset := 0
	if !common.IsInvoke() {
		offset = len(common.Args) - n
	}
	if _, several := p.pass.TypesInfo.TypeOf(arg).(*types.Tuple); several {
		return nil, false
	}
	if !sig.Variadic() || i < n-1 {
		return pick(common.Args, offset+i)
	}
	spread, ok := pick(common.Args, offset+n-1)
	if !ok || e.Ellipsis.IsValid() {
		return spread, ok
	}
	return pick(p.elements(spread), i-(n-1))
}

func pick(list []ssa.Value, i int) (ssa.Value, bool) {
	if i < 0 || i >= len(list) || list[i] == nil {
		return nil, false
	}
	return list[i], true
}

// elements lists what an array literal, such as the compiler makes for a
// variadic call, is made of.
func (p *Package) elements(v ssa.Value) []ssa.Value {
	slice, ok := v.(*ssa.Slice)
	if !ok {
		return nil
	}
	array, ok := slice.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	if list, known := p.arrays[array]; known {
		return list
	}
	t, ok := array.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Array)
	if !ok || t.Len() > 1<<10 {
		return nil
	}
	list := make([]ssa.Value, t.Len())
	for _, user := range *array.Referrers() {
		at, ok := user.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		i, ok := integer(at.Index)
		if !ok || i < 0 || i >= t.Len() {
			continue
		}
		for _, user := range *at.Referrers() {
			if store, ok := user.(*ssa.Store); ok && store.Addr == at {
				list[i] = store.Val
			}
		}
	}
	p.arrays[array] = list
	return list
}

// An operand is an expression and the value that it has.
type operand struct {
	expr  ast.Expr
	value ssa.Value
	key   string
}

// items lists what was put into a slice before use.
func (p *Package) items(v ssa.Value, at ssa.Instruction, depth int) []operand {
	if depth > 8 {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Call:
		return p.appended(v, at, depth)
	case *ssa.Slice:
		if array, ok := v.X.(*ssa.Alloc); ok {
			return p.literal(array, v)
		}
		return p.items(v.X, at, depth+1)
	case *ssa.Phi:
		var list []operand
		for _, edge := range v.Edges {
			for _, o := range p.items(edge, v, depth+1) {
				if !slices.ContainsFunc(list, func(known operand) bool { return known.expr == o.expr }) {
					list = append(list, o)
				}
			}
		}
		return list
	case *ssa.UnOp, *ssa.ChangeType:
		root, to := p.resolve(v)
		h := p.history(p.unitOf(at.Parent()), root)
		if h == nil || v == root {
			return nil
		}
		var list []operand
		for i := range h.all {
			if e := &h.all[i]; e.kind == stored && e.to == to && before(e.instr, at) {
				list = append(list, p.items(e.value, e.instr, depth+1)...)
			}
		}
		return list
	}
	return nil
}

func (p *Package) appended(v *ssa.Call, at ssa.Instruction, depth int) []operand {
	builtin, ok := v.Call.Value.(*ssa.Builtin)
	if !ok || builtin.Name() != "append" || len(v.Call.Args) < 2 {
		return nil
	}
	list := p.items(v.Call.Args[0], at, depth+1)
	e, ok := find[*ast.CallExpr](p.syntax, v.Pos())
	if !ok || len(e.Args) == 0 {
		return list
	}
	if e.Ellipsis.IsValid() {
		return append(list, p.items(v.Call.Args[1], at, depth+1)...)
	}
	values := p.elements(v.Call.Args[1])
	for i, arg := range e.Args[1:] {
		if value, ok := pick(values, i); ok {
			list = append(list, operand{expr: arg, value: value})
		}
	}
	return list
}

// literal lists the items of a composite literal of a slice.
func (p *Package) literal(array *ssa.Alloc, slice *ssa.Slice) []operand {
	e, ok := find[*ast.CompositeLit](p.syntax, array.Pos())
	if !ok {
		return nil
	}
	var list []operand
	values := p.elements(slice)
	for i, elt := range e.Elts {
		if _, keyed := elt.(*ast.KeyValueExpr); keyed {
			return list
		}
		if value, ok := pick(values, i); ok {
			list = append(list, operand{expr: elt, value: value})
		}
	}
	return list
}

// entries lists keys and values that a map has before use.
func (p *Package) entries(v ssa.Value, at ssa.Instruction) []operand {
	root, _ := p.resolve(v)
	h := p.history(p.unitOf(at.Parent()), root)
	if h == nil {
		return nil
	}
	var list []operand
	for i := range h.all {
		update, ok := h.all[i].instr.(*ssa.MapUpdate)
		if !ok || !before(update, at) {
			continue
		}
		key, _ := text(update.Key)
		if e := p.updated(update); e != nil {
			list = append(list, operand{expr: e, value: update.Value, key: key})
		}
	}
	return list
}

// updated returns the expression of the value that is put into a map.
func (p *Package) updated(update *ssa.MapUpdate) ast.Expr {
	switch e := p.syntax.at[update.Pos()].(type) {
	case *ast.KeyValueExpr:
		return e.Value
	case *ast.IndexExpr:
		if assign, ok := p.parents[e].(*ast.AssignStmt); ok {
			if i := slices.Index(assign.Lhs, ast.Expr(e)); i >= 0 && i < len(assign.Rhs) && len(assign.Lhs) == len(assign.Rhs) {
				return assign.Rhs[i]
			}
		}
	}
	return nil
}

// before reports whether one instruction may be done before another.
func before(first, then ssa.Instruction) bool {
	a, b := first.Block(), then.Block()
	if first.Parent() != then.Parent() {
		return true
	}
	if a == b && position(first) < position(then) {
		return true
	}
	seen := make(map[*ssa.BasicBlock]bool)
	var reach func(from *ssa.BasicBlock) bool
	reach = func(from *ssa.BasicBlock) bool {
		for _, next := range from.Succs {
			if next == b {
				return true
			}
			if !seen[next] {
				seen[next] = true
				if reach(next) {
					return true
				}
			}
		}
		return false
	}
	return reach(a)
}

// constantIn reports whether an expression is constant.
func (p *Package) constant(e ast.Expr) bool { return p.pass.TypesInfo.Types[e].Value != nil }

// constantText reports whether an expression is a constant text.
func (p *Package) constantText(e ast.Expr) bool {
	tv := p.pass.TypesInfo.Types[e]
	return tv.Value != nil && tv.Value.Kind() == constant.String
}

// pairs reads alternating keys and values of a slice.
func (p *Package) pairs(list []operand, class logapi.Class) []pair {
	exprs := make([]ast.Expr, len(list))
	for i, o := range list {
		exprs[i] = o.expr
	}
	var pairs []pair
	for _, arg := range logapi.Pair(p.pass.TypesInfo, exprs, class) {
		i := slices.IndexFunc(list, func(o operand) bool { return o.expr == arg.Expr })
		pairs = append(pairs, pair{arg, list[i].value})
	}
	return pairs
}

// A pair is an argument of a log call with its value.
type pair struct {
	arg   logapi.Argument
	value ssa.Value
}
