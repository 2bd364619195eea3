package taint

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// A spot is a point of a function up to which memory is followed back.
type spot struct {
	block   *ssa.BasicBlock
	index   int  // events before it count
	escaped bool // behind it, a function had the address and may have written
}

// memory judges what the place holds that a path from root leads to, at an
// instruction: the writes that reach it, joined.
func (p *Package) memory(root ssa.Value, to path, at ssa.Instruction) value {
	if to.len() > maxFields {
		return unknown
	}
	if global, ok := root.(*ssa.Global); ok {
		return p.global(global, to)
	}
	h := p.history(p.unitOf(at.Parent()), root)
	if h == nil || !h.concerns(to) {
		return p.defined(root, to, at)
	}
	return p.memoize(key{kind: askMemory, v: root, to: to, at: at}, func() value { return p.walk(h, root, to, at) })
}

// concerns reports whether any event touches the place.
func (h *history) concerns(to path) bool {
	return slices.ContainsFunc(h.all, func(e event) bool {
		above, _ := e.to.within(to)
		below, _ := to.within(e.to)
		return above || below
	})
}

// walk follows the control flow back from at to the events that the place may
// have its content from.
func (p *Package) walk(h *history, root ssa.Value, to path, at ssa.Instruction) value {
	result := harmless
	done := make([]bool, 2*len(at.Parent().Blocks)) // by block, and whether the place has escaped
	work := []spot{{block: at.Block(), index: position(at)}}
	origin, _ := root.(ssa.Instruction)
	for len(work) > 0 {
		s := work[len(work)-1]
		work = work[:len(work)-1]
		events := h.blocks[s.block]
		stopped := false
		for i := len(events) - 1; i >= 0 && !stopped; i-- {
			if e := &events[i]; e.index < s.index {
				var v value
				v, stopped = p.effect(e, to, at, &s)
				result = result.join(v)
			}
		}
		switch {
		case stopped:
		case origin != nil && origin.Block() == s.block && position(origin) < s.index:
			result = result.join(p.defined(root, to, at))
			if s.escaped {
				result = result.join(unknown)
			}
		case len(s.block.Preds) == 0:
			result = result.join(p.entry(h, root, to, at))
			if s.escaped {
				result = result.join(unknown)
			}
		default:
			for _, pred := range s.block.Preds {
				k := 2 * pred.Index
				if s.escaped {
					k++
				}
				if !done[k] {
					done[k] = true
					work = append(work, spot{block: pred, index: len(pred.Instrs), escaped: s.escaped})
				}
			}
		}
	}
	return result
}

// entry judges what a place holds when its function starts: a parameter's
// content, or what any of the functions that share a variable put there.
func (p *Package) entry(h *history, root ssa.Value, to path, at ssa.Instruction) value {
	fn := at.Parent()
	if root.Parent() == fn {
		return p.defined(root, to, at)
	}
	result := harmless
	for i := range h.all {
		if e := &h.all[i]; e.instr.Parent() != fn {
			v, _ := p.effect(e, to, e.instr, &spot{})
			result = result.join(v)
		}
	}
	if _, fresh := root.(*ssa.Alloc); !fresh {
		result = result.join(p.defined(root, to, at))
	}
	return result
}

// effect judges what an event leaves in the place, and whether nothing from
// before it can be there.
func (p *Package) effect(e *event, to path, at ssa.Instruction, s *spot) (v value, final bool) {
	above, certain := e.to.within(to)
	switch e.kind {
	case stored:
		if above {
			rest := to.from(e.to.len())
			v = p.holds(e.value, rest, p.later(e, at))
			if certain && s.escaped && (rest != "" || to == "") {
				v = v.join(unknown)
			}
			// A field that was set on purpose is not filled again by a function
			// that is only given the whole.
			return v.stepped(p.storeStep(e)), certain
		}
		if below, _ := to.within(e.to); below {
			if rest := e.to.from(to.len()); rest.items() {
				return p.eval(e.value, e.instr).stepped(p.storeStep(e)), false
			}
			if partOfURL(e) {
				return p.eval(e.value, e.instr).stepped(p.storeStep(e)), false
			}
			// Of its parts, asked one by one, more is known.
			return unknown, false
		}
	case given:
		return p.given(e, to, at, s)
	case captured:
		return p.capturedBy(e, to), false
	case kept:
		below, _ := to.within(e.to)
		if above {
			s.escaped = true
		} else if below {
			return unknown, false
		}
	}
	return harmless, false
}

// partOfURL reports whether an event writes a field of a URL, whose text has it.
func partOfURL(e *event) bool {
	store, ok := e.instr.(*ssa.Store)
	if !ok {
		return false
	}
	addr, ok := store.Addr.(*ssa.FieldAddr)
	return ok && sensitive.IsURL(owner(addr.X))
}

// later returns the instruction at which what an event stored is looked at: what
// a reference leads to may change after it was stored.
func (p *Package) later(e *event, at ssa.Instruction) ssa.Instruction {
	if reference(e.value.Type()) && at.Parent() == e.instr.Parent() {
		return at
	}
	return e.instr
}

// capturedBy joins what the function literal that has the variable writes to it.
func (p *Package) capturedBy(e *event, to path) value {
	root, _ := p.resolve(e.value)
	h := p.history(p.unitOf(e.instr.Parent()), root)
	if h == nil {
		return harmless
	}
	literal := e.literal.Fn.(*ssa.Function)
	if !h.changedIn(literal) {
		return harmless
	}
	return p.memoize(key{kind: askMemory, v: root, to: to, at: e.instr, n: 1}, func() value {
		result := harmless
		for i := range h.all {
			if own := &h.all[i]; own.kind != captured && inside(own.instr.Parent(), literal) {
				v, _ := p.effect(own, to, own.instr, &spot{})
				result = result.join(v)
			}
		}
		return result
	})
}

// changedIn reports whether a function literal, or one in it, does more than
// capture the variable.
func (h *history) changedIn(literal *ssa.Function) bool {
	return slices.ContainsFunc(h.all, func(e event) bool { return e.kind != captured && inside(e.instr.Parent(), literal) })
}

// inside reports whether a function is the literal or lies in it.
func inside(fn, literal *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		if fn == literal {
			return true
		}
	}
	return false
}

// global judges a variable of package level: harmless if the package only ever
// gives it constants.
func (p *Package) global(g *ssa.Global, to path) value {
	if g.Pkg != p.ssa || g.Object() == nil {
		return unknown
	}
	return p.memoize(key{kind: askMemory, v: g, to: to}, func() value {
		result, any := harmless, false
		for _, u := range p.order {
			h := p.history(u, g)
			if h == nil {
				continue
			}
			for i := range h.all {
				e := &h.all[i]
				above, _ := e.to.within(to)
				below, _ := to.within(e.to)
				if e.kind == captured || e.kind == kept || !above && !below {
					continue
				}
				if e.kind == given && !above {
					continue
				}
				s := spot{}
				v, _ := p.effect(e, to, e.instr, &s)
				if s.escaped {
					v = v.join(unknown)
				}
				result, any = result.join(v), true
			}
		}
		if !any {
			return unknown // filled by someone: a linker, a flag, another package
		}
		return result
	})
}

// defined judges what a place holds where the value begins that it is reached
// from.
func (p *Package) defined(root ssa.Value, to path, at ssa.Instruction) value {
	switch root := root.(type) {
	case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeChan:
		return harmless
	case *ssa.Const:
		return harmless
	case *ssa.Global:
		return p.global(root, to)
	case *ssa.Parameter:
		if to == "" {
			return p.parameter(root)
		}
		if to.items() {
			return p.parameter(root)
		}
		return unknown
	case *ssa.FreeVar:
		return unknown
	}
	if to == "" {
		return p.origin(root, at)
	}
	return p.part(root, to, at)
}

// holds judges the part of a value that a path leads to, at an instruction.
func (p *Package) holds(v ssa.Value, to path, at ssa.Instruction) value {
	if to == "" {
		return p.eval(v, at)
	}
	if load, ok := v.(*ssa.UnOp); ok && !reference(v.Type()) {
		at = load
	}
	root, from := p.resolve(v)
	if from != "" || reference(root.Type()) {
		return p.memory(root, from+to, at)
	}
	return p.defined(root, to, at)
}
