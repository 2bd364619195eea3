package taint

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// object returns the declared function or method that a call calls, that of an
// interface too; nil for a function value.
func object(call ssa.CallInstruction) *types.Func {
	common := call.Common()
	if common.IsInvoke() {
		return common.Method.Origin()
	}
	fn := common.StaticCallee()
	if fn == nil {
		return nil
	}
	obj, ok := fn.Object().(*types.Func)
	if !ok {
		return nil
	}
	return obj.Origin()
}

// callee returns the function that a call calls, as far as that is certain: a
// value that a variable holds is, if it is the only one the variable is given.
func (p *Package) callee(call ssa.CallInstruction) (obj *types.Func, fn *ssa.Function) {
	common := call.Common()
	if common.IsInvoke() {
		return common.Method.Origin(), nil
	}
	fn = common.StaticCallee()
	if fn == nil {
		fn = p.function(common.Value, call, 0)
	}
	if fn == nil {
		return nil, nil
	}
	if declared, ok := fn.Object().(*types.Func); ok {
		return declared.Origin(), p.funcs[declared.Origin()]
	}
	if len(fn.Blocks) == 0 || p.unitOf(fn) == nil {
		return nil, nil
	}
	return nil, fn
}

// function returns the only function that a value can be.
func (p *Package) function(v ssa.Value, call ssa.CallInstruction, depth int) *ssa.Function {
	if depth > 4 {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Function:
		return v
	case *ssa.MakeClosure:
		return v.Fn.(*ssa.Function)
	case *ssa.ChangeType:
		return p.function(v.X, call, depth+1)
	case *ssa.UnOp:
		root, to := p.resolve(v.X)
		h := p.history(p.unitOf(call.Parent()), root)
		if global, ok := root.(*ssa.Global); ok {
			h = p.onlyHistory(global)
		}
		if h == nil {
			return nil
		}
		var only *ssa.Function
		for i := range h.all {
			e := &h.all[i]
			if may, _ := e.to.within(to); e.kind != stored || !may {
				continue
			}
			fn := p.function(e.value, call, depth+1)
			if fn == nil || e.to != to || only != nil {
				return nil
			}
			only = fn
		}
		return only
	}
	return nil
}

// onlyHistory returns what is done to a variable of package level that is
// written in one unit only.
func (p *Package) onlyHistory(g *ssa.Global) *history {
	var only *history
	if g.Object() == nil || g.Object().Exported() || g.Pkg != p.ssa {
		return nil
	}
	for _, u := range p.order {
		if h := p.history(u, g); h != nil {
			if only != nil {
				return nil
			}
			only = h
		}
	}
	return only
}

// actuals lists what a call gives for receiver and parameters of the function
// that it calls. A method value has its receiver bound to it.
func (p *Package) actuals(call ssa.CallInstruction) []ssa.Value {
	common := call.Common()
	args := arguments(call)
	if closure, ok := common.Value.(*ssa.MakeClosure); ok && len(closure.Bindings) == 1 {
		if fn := closure.Fn.(*ssa.Function); strings.HasPrefix(fn.Synthetic, "bound method") {
			return append([]ssa.Value{closure.Bindings[0]}, args...)
		}
	}
	return args
}
