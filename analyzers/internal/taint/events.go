package taint

import (
	"cmp"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A unit is a declared function with the function literals in it, which share
// its variables.
type unit struct {
	outer  *ssa.Function
	funcs  []*ssa.Function
	bits   map[*ssa.Parameter]int
	events map[ssa.Value]*history
}

// A history is everything that may change the memory behind a root.
type history struct {
	blocks map[*ssa.BasicBlock][]event // in order
	all    []event
}

// An event is an instruction that may change memory.
type event struct {
	instr ssa.Instruction
	index int // in its block
	kind  eventKind
	to    path      // what is changed, from the root on
	value ssa.Value // what is written, for stored; the variable, for captured
	arg   int       // which argument the memory was given as, for given
	// literal is the function literal that has the variable, for captured.
	literal *ssa.MakeClosure
}

type eventKind uint8

const (
	stored   eventKind = iota // value is written
	given                     // a call has the address
	captured                  // a function literal has the variable
	kept                      // the address was put where others find it
)

func newUnit(outer *ssa.Function) *unit {
	u := &unit{outer: outer, bits: make(map[*ssa.Parameter]int)}
	u.add(outer)
	return u
}

func (u *unit) add(fn *ssa.Function) {
	u.funcs = append(u.funcs, fn)
	for _, param := range fn.Params {
		if len(u.bits) < 64 {
			u.bits[param] = len(u.bits)
		}
	}
	for _, anon := range fn.AnonFuncs {
		u.add(anon)
	}
}

// own are the bits of the parameters of one function.
func (u *unit) own(fn *ssa.Function) uint64 {
	var mask uint64
	for _, param := range fn.Params {
		if bit, ok := u.bits[param]; ok {
			mask |= 1 << bit
		}
	}
	return mask
}

// unitOf returns the unit of a function of this package.
func (p *Package) unitOf(fn *ssa.Function) *unit {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return p.units[fn]
}

// history returns what changes the memory behind a root, nil if nothing does.
func (p *Package) history(u *unit, root ssa.Value) *history {
	if u == nil {
		return nil
	}
	if u.events == nil {
		u.events = make(map[ssa.Value]*history)
		for _, fn := range u.funcs {
			for _, b := range fn.Blocks {
				for i, instr := range b.Instrs {
					p.record(u, instr, i)
				}
			}
		}
		for _, h := range u.events {
			for _, events := range h.blocks {
				slices.SortStableFunc(events, func(a, b event) int { return cmp.Compare(a.index, b.index) })
			}
		}
	}
	return u.events[root]
}

func (u *unit) note(root ssa.Value, e event) {
	switch root.(type) {
	case *ssa.Const, *ssa.Function, *ssa.Builtin:
		return
	}
	h := u.events[root]
	if h == nil {
		h = &history{blocks: make(map[*ssa.BasicBlock][]event)}
		u.events[root] = h
	}
	b := e.instr.Block()
	h.blocks[b] = append(h.blocks[b], e)
	h.all = append(h.all, e)
}

func (p *Package) record(u *unit, instr ssa.Instruction, index int) {
	switch instr := instr.(type) {
	case *ssa.Store:
		root, to := p.resolve(instr.Addr)
		u.note(root, event{instr: instr, index: index, kind: stored, to: to, value: instr.Val})
		p.recordKept(u, instr, index, root)
	case *ssa.MapUpdate:
		root, to := p.resolve(instr.Map)
		u.note(root, event{instr: instr, index: index, kind: stored, to: to + p.keyStep(instr.Key), value: instr.Value})
	case *ssa.Send:
		root, to := p.resolve(instr.Chan)
		u.note(root, event{instr: instr, index: index, kind: stored, to: to + anyItem, value: instr.X})
	case ssa.CallInstruction:
		for i, arg := range arguments(instr) {
			p.recordGiven(u, instr, instr, index, arg, i)
		}
	case *ssa.MakeClosure:
		p.recordCaptured(u, instr, index)
	}
}

// recordCaptured notes that a function literal has variables. They may change
// when it is called, or from when it is made if it is handed on.
func (p *Package) recordCaptured(u *unit, literal *ssa.MakeClosure, index int) {
	for _, bound := range literal.Bindings {
		root, to := p.resolve(bound)
		e := event{instr: literal, index: index, kind: captured, to: to, value: bound, literal: literal}
		if !onlyCalled(literal) {
			u.note(root, e)
			continue
		}
		for _, user := range *literal.Referrers() {
			e.instr, e.index = user, position(user)
			u.note(root, e)
		}
	}
}

// onlyCalled reports whether a function literal is called where it is made, and
// nothing else.
func onlyCalled(literal *ssa.MakeClosure) bool {
	for _, user := range *literal.Referrers() {
		call, ok := user.(*ssa.Call)
		if !ok || call.Call.Value != literal || slices.Contains(call.Call.Args, ssa.Value(literal)) {
			return false
		}
	}
	return true
}

// recordGiven notes that a call has an address. A map or slice is not taken to
// be changed by a call; append and copy are values of their own.
func (p *Package) recordGiven(u *unit, call ssa.CallInstruction, at ssa.Instruction, index int, arg ssa.Value, i int) {
	if boxed, ok := arg.(*ssa.MakeInterface); ok {
		arg = boxed.X
	}
	switch t := arg.Type().Underlying().(type) {
	case *types.Pointer:
	case *types.Slice:
		if builtin, ok := call.Common().Value.(*ssa.Builtin); ok && (builtin.Name() != "copy" || i > 0) {
			return
		}
		if basic, ok := t.Elem().Underlying().(*types.Basic); !ok || basic.Kind() != types.Byte {
			return
		}
	case *types.Interface:
		if (!call.Common().IsInvoke() || i > 0) && t.NumMethods() > 0 {
			return
		}
	default:
		return
	}
	root, to := p.resolve(arg)
	u.note(root, event{instr: call, index: index, kind: given, to: to, arg: i})
}

// recordKept notes that an address is stored. In the array of a variadic call it
// is given to that call.
func (p *Package) recordKept(u *unit, store *ssa.Store, index int, into ssa.Value) {
	val := store.Val
	if boxed, ok := val.(*ssa.MakeInterface); ok {
		val = boxed.X
	}
	if _, ok := val.Type().Underlying().(*types.Pointer); !ok {
		return
	}
	root, to := p.resolve(val)
	switch into := into.(type) {
	case *ssa.Alloc:
		if into.Comment != "varargs" {
			return
		}
		if call, arg := variadicCall(into); call != nil {
			for i, instr := range call.Block().Instrs {
				if instr == call.(ssa.Instruction) {
					u.note(root, event{instr: call, index: i, kind: given, to: to, arg: arg})
				}
			}
		}
	case *ssa.Global, *ssa.Parameter:
		u.note(root, event{instr: store, index: index, kind: kept, to: to})
	}
}

// variadicCall returns the call whose variadic argument an array is made for.
func variadicCall(array *ssa.Alloc) (ssa.CallInstruction, int) {
	for _, user := range *array.Referrers() {
		slice, ok := user.(*ssa.Slice)
		if !ok {
			continue
		}
		for _, user := range *slice.Referrers() {
			if call, ok := user.(ssa.CallInstruction); ok {
				args := arguments(call)
				return call, len(args) - 1
			}
		}
	}
	return nil, 0
}

// arguments lists receiver and arguments of a call, the receiver of an
// interface's method too.
func arguments(call ssa.CallInstruction) []ssa.Value {
	common := call.Common()
	if common.IsInvoke() {
		return append([]ssa.Value{common.Value}, common.Args...)
	}
	return common.Args
}

// position returns the index of an instruction in its block.
func position(instr ssa.Instruction) int {
	for i, other := range instr.Block().Instrs {
		if other == instr {
			return i
		}
	}
	return -1
}
