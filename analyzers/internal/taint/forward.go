package taint

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// forwards returns, for a function of this package that hands parameters on to
// a log, the entry that makes a call of it a sink; nil for any other function.
func (p *Package) forwards(fn *ssa.Function) *logapi.Func {
	if f, ok := p.forwarders[fn]; ok {
		return f
	}
	p.forwarders[fn] = nil // a recursive function forwards by its other calls
	if fn.Signature.Params().Len() == 0 {
		return nil
	}
	outer := p.unit
	p.unit = p.unitOf(fn)
	defer func() { p.unit = outer }()
	roles := make(map[int]logapi.Role)
	var first *logapi.Func
	for call := range p.unit.calls {
		log, ok := p.logCall(call)
		if !ok || log.Func.Harmless || log.Func.Kind == logapi.Passer || prints(log.Func) && !p.serves(log.Expr) {
			continue
		}
		if log.Func.Kind != logapi.Sink && !p.writtenLater(call) || p.discarded(call) {
			continue
		}
		if p.forwardsIn(log, call, fn, roles) && (first == nil || first.Kind != logapi.Sink) {
			first = log.Func
		}
	}
	if first == nil {
		return nil
	}
	f := &logapi.Func{
		Library: first.Library, Name: fn.Name(), Kind: logapi.Sink, Roles: spellRoles(fn.Signature, roles),
		Class: first.Class, Level: first.Level,
	}
	p.forwarders[fn] = f
	return f
}

// prints reports whether an entry is no log but a print, which is one only in a
// service.
func prints(f *logapi.Func) bool { return f.Library == "fmt" || f.Library == "builtin" }

// forwardsIn notes which parameters of fn one log call shows.
func (p *Package) forwardsIn(log *logapi.Call, call ssa.CallInstruction, fn *ssa.Function, roles map[int]logapi.Role) bool {
	found := false
	for _, arg := range log.Arguments(p.pass.TypesInfo) {
		v, ok := p.actual(call, log.Expr, arg.Expr)
		if !ok {
			continue
		}
		for _, one := range p.spreadOut(pair{arg, v}, call) {
			inside := p.shown(one.arg, one.value, call)
			if inside.tainted() {
				continue
			}
			for i, param := range fn.Params {
				bit, ok := p.unit.bits[param]
				if !ok || inside.params&(1<<bit) == 0 {
					continue
				}
				found = true
				role := roleOf(arg, v, param)
				if _, known := roles[i]; !known || role != logapi.Value {
					roles[i] = role
				}
			}
		}
	}
	return found
}

// spreadOut returns an argument and what is known to be in it, if it is a slice.
func (p *Package) spreadOut(one pair, at ssa.Instruction) []pair {
	list := []pair{one}
	if one.arg.Spread {
		for _, o := range p.items(one.value, at, 0) {
			list = append(list, pair{logapi.Argument{Expr: o.expr, Role: logapi.Value, Class: one.arg.Class}, o.value})
		}
	}
	return list
}

func roleOf(arg logapi.Argument, v ssa.Value, param *ssa.Parameter) logapi.Role {
	if direct, _ := concrete(v); direct != param {
		return logapi.Value
	}
	switch {
	case arg.Spread && arg.Role == logapi.Attrs:
		return logapi.Pairs
	case arg.Role == logapi.Format, arg.Role == logapi.Message, arg.Role == logapi.Map:
		return arg.Role
	}
	return logapi.Value
}

// spellRoles turns the noted roles into those of the parameters, receiver left
// out. A string before a variadic that is formatted is its format.
func spellRoles(sig *types.Signature, roles map[int]logapi.Role) []logapi.Role {
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

// lookup returns the entry of a function of a logging library or of one that the
// user named.
func (p *Package) lookup(obj *types.Func) (*logapi.Func, bool) {
	if f, ok := logapi.Lookup(obj); ok {
		return f, ok
	}
	return namedByUser(obj)
}

// logCall recognises a call of a logging library or of a function of the user's
// that forwards to one.
func (p *Package) logCall(call ssa.CallInstruction) (*logapi.Call, bool) {
	e, ok := find[*ast.CallExpr](p.syntax, call.Common().Pos())
	if !ok {
		return nil, false
	}
	if direct, ok := logapi.Of(p.pass.TypesInfo, e); ok {
		return direct, true
	}
	obj, fn := p.callee(call)
	if obj != nil {
		if f, ok := p.lookup(obj); ok && f.Library != "fmt" {
			return &logapi.Call{Func: f, Expr: e}, true
		}
	}
	if f := p.sinkOf(call, obj, fn); f != nil {
		return &logapi.Call{Func: f, Expr: e}, true
	}
	return nil, false
}

// sinkOf returns the entry of a function that forwards to a log: by its body, by
// its fact, or because all that implement an interface's method do.
func (p *Package) sinkOf(call ssa.CallInstruction, obj *types.Func, fn *ssa.Function) *logapi.Func {
	if fn != nil {
		return p.forwards(fn)
	}
	if obj == nil {
		return nil
	}
	if flow := p.flow(obj); flow != nil {
		return flow.Sink.entry(obj)
	}
	if !call.Common().IsInvoke() || !p.own(obj.Pkg()) {
		return nil
	}
	var list []*logapi.Func
	if flow := p.interfaceFlow(obj); flow != nil {
		if flow.Differs {
			return nil
		}
		list = append(list, flow.Sink.entry(obj))
	}
	for _, other := range p.implementations(obj) {
		f := p.implementing(other)
		if f == nil && p.ignores(other) {
			continue
		}
		list = append(list, f)
	}
	return meetAll(list)
}

// implementing returns the entry of a method that implements an interface's.
func (p *Package) implementing(obj *types.Func) *logapi.Func {
	if fn := p.funcs[obj]; fn != nil {
		return p.forwards(fn)
	}
	if flow := p.flow(obj); flow != nil {
		return flow.Sink.entry(obj)
	}
	return nil
}

// meetAll returns what functions that implement the same method have in common,
// nil if nothing.
func meetAll(list []*logapi.Func) *logapi.Func {
	var all *logapi.Func
	for i, f := range list {
		switch {
		case f == nil:
			return nil
		case i == 0:
			all = f
		default:
			if all = meet(all, f); all == nil {
				return nil
			}
		}
	}
	return all
}

// entry makes of a fact what a table has.
func (s *Sink) entry(obj *types.Func) *logapi.Func {
	if s == nil {
		return nil
	}
	f := &logapi.Func{Library: s.Library, Name: obj.Name(), Kind: logapi.Sink, Class: s.Class, Level: s.Level}
	for _, role := range s.Roles {
		f.Roles = append(f.Roles, logapi.Role(role))
	}
	return f
}

// meet returns what two functions that implement the same method have in
// common, nil if nothing.
func meet(a, b *logapi.Func) *logapi.Func {
	if len(a.Roles) != len(b.Roles) {
		return nil
	}
	both := *a
	both.Class |= b.Class
	both.Roles = slices.Clone(a.Roles)
	found := false
	for i := range both.Roles {
		if b.Roles[i] == logapi.Other {
			both.Roles[i] = logapi.Other
		}
		found = found || both.Roles[i] != logapi.Other
	}
	if !found {
		return nil
	}
	return &both
}

// ignores reports whether a method of the user's packages does nothing: that of
// a logger that is switched off.
func (p *Package) ignores(obj *types.Func) bool {
	if fn := p.funcs[obj]; fn != nil {
		return ignores(fn)
	}
	flow := p.flow(obj)
	return flow != nil && flow.Ignores
}

func ignores(fn *ssa.Function) bool { return len(fn.Blocks) == 1 && len(fn.Blocks[0].Instrs) == 1 }
