package shutdown

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// hasEnded reports whether a context, or one that it is derived from, has ended
// when a call is made: it has been waited for on the way there.
func (b *builder) hasEnded(ctx ssa.Value, at ssa.CallInstruction) bool {
	chain := b.ancestry(ctx)
	if after, ok := startedAfter(at.Parent()); ok && slices.ContainsFunc(chain, func(v ssa.Value) bool { return same(v, after) }) {
		return true
	}
	for _, block := range at.Parent().Blocks {
		for i, instr := range block.Instrs {
			switch instr := instr.(type) {
			case *ssa.UnOp:
				if instr.Op == token.ARROW && endOf(instr.X, chain) && precedes(block, i, at) {
					return true
				}
			case *ssa.Select:
				for n, state := range instr.States {
					if state.Dir == types.RecvOnly && endOf(state.Chan, chain) && precedes(block, i, at) && reachesFrom(caseBody(instr, n), at.Block()) {
						return true
					}
				}
			}
		}
	}
	return false
}

// ancestry lists the contexts that one is derived from, itself included, as far
// as their end is its end.
func (b *builder) ancestry(v ssa.Value) []ssa.Value {
	var chain []ssa.Value
	for range maxKeyStep {
		if v == nil {
			break
		}
		chain = append(chain, v)
		switch x := v.(type) {
		case *ssa.Extract:
			v = x.Tuple
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.UnOp:
			v = storedAnyway(loaded(x))
		case *ssa.Call:
			callee := x.Common().StaticCallee()
			if callee == nil || callee.Pkg == nil || len(x.Common().Args) == 0 {
				return chain
			}
			path, name := callee.Pkg.Pkg.Path(), callee.Name()
			derives := path == contextPkg && strings.HasPrefix(name, "With") && name != "WithoutCancel" ||
				path == signalPkg && name == notify || path == "golang.org/x/sync/errgroup" && name == "WithContext"
			if !derives {
				return chain
			}
			v = x.Common().Args[0]
		case *ssa.FreeVar:
			v = bindingOf(x)
		default:
			return chain
		}
	}
	return chain
}

// endOf reports whether a channel is Done of one of the contexts.
func endOf(channel ssa.Value, chain []ssa.Value) bool {
	call, ok := channel.(*ssa.Call)
	if !ok || !call.Common().IsInvoke() || call.Common().Method.Name() != "Done" || !isContext(call.Common().Value.Type()) {
		return false
	}
	return slices.ContainsFunc(chain, func(v ssa.Value) bool { return same(v, call.Common().Value) })
}

// same reports whether two values are certain to be the same context: one value,
// one variable that is set once, one field of one value, or what two calls of
// Context return for one receiver.
func same(v, w ssa.Value) bool {
	if v, w = settled(v), settled(w); v == w {
		return true
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		w, ok := w.(*ssa.UnOp)
		return ok && v.Op == token.MUL && w.Op == token.MUL && sameAddress(v.X, w.X)
	case *ssa.Call:
		w, ok := w.(*ssa.Call)
		if !ok {
			return false
		}
		a, b := v.Common(), w.Common()
		if a.IsInvoke() || b.IsInvoke() || a.StaticCallee() == nil || a.StaticCallee() != b.StaticCallee() || a.StaticCallee().Name() != "Context" {
			return false
		}
		return len(a.Args) == 1 && len(b.Args) == 1 && a.Args[0] == b.Args[0]
	case *ssa.FreeVar:
		return bindingOf(v) != nil && bindingOf(v) == w
	}
	return false
}

// settled returns the value of a variable that is set once, wherever it is read.
func settled(v ssa.Value) ssa.Value {
	for range maxKeyStep {
		next := ssa.Value(nil)
		switch x := v.(type) {
		case *ssa.UnOp:
			if x.Op == token.MUL {
				next = storedAnyway(x.X)
			}
		case *ssa.FreeVar:
			next = bindingOf(x)
		}
		if next == nil {
			return v
		}
		v = next
	}
	return v
}

func sameAddress(v, w ssa.Value) bool {
	if v == w {
		switch v := v.(type) {
		case *ssa.Alloc:
			return storedAnyway(v) != nil
		case *ssa.FreeVar: // unless the function literal itself sets it
			return !slices.ContainsFunc(*v.Referrers(), func(user ssa.Instruction) bool {
				store, ok := user.(*ssa.Store)
				return ok && store.Addr == v
			})
		}
		return false
	}
	a, ok := v.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	b, ok := w.(*ssa.FieldAddr)
	return ok && a.X == b.X && a.Field == b.Field
}

// startedAfter returns the context whose end starts a function literal: that of
// context.AfterFunc.
func startedAfter(fn *ssa.Function) (ssa.Value, bool) {
	if fn.Parent() == nil {
		return nil, false
	}
	for _, block := range fn.Parent().Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || call.Common().StaticCallee() == nil || call.Common().StaticCallee().String() != "context.AfterFunc" {
				continue
			}
			if functionValue(call.Common().Args[1]) == fn {
				return call.Common().Args[0], true
			}
		}
	}
	return nil, false
}

// precedes reports whether an instruction comes before a call on every way to it.
func precedes(block *ssa.BasicBlock, index int, at ssa.CallInstruction) bool {
	if block == at.Block() {
		return index < slices.Index(block.Instrs, ssa.Instruction(at))
	}
	return block.Dominates(at.Block())
}

// caseBody returns the block that a select statement goes to for one of its
// cases.
func caseBody(s *ssa.Select, index int) *ssa.BasicBlock {
	for _, user := range *s.Referrers() {
		chosen, ok := user.(*ssa.Extract)
		if !ok || chosen.Index != 0 {
			continue
		}
		for _, user := range *chosen.Referrers() {
			test, ok := user.(*ssa.BinOp)
			if !ok || test.Op != token.EQL {
				continue
			}
			if n, ok := test.Y.(*ssa.Const); !ok || n.Int64() != int64(index) {
				continue
			}
			for _, user := range *test.Referrers() {
				if branch, ok := user.(*ssa.If); ok {
					return branch.Block().Succs[0]
				}
			}
		}
	}
	return s.Block()
}

// reachesFrom reports whether control can go from the start of a block to that
// of another.
func reachesFrom(from, to *ssa.BasicBlock) bool {
	seen := make(map[*ssa.BasicBlock]bool)
	queue := []*ssa.BasicBlock{from}
	for ; len(queue) > 0; queue = queue[1:] {
		if queue[0] == to {
			return true
		}
		if !seen[queue[0]] {
			seen[queue[0]] = true
			queue = append(queue, queue[0].Succs...)
		}
	}
	return false
}
