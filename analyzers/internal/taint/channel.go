package taint

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// received judges what comes out of a channel: what was sent into it.
func (p *Package) received(v *ssa.UnOp) value {
	if v.Op != token.ARROW {
		return unknown
	}
	return p.channel(v.X, v)
}

func (p *Package) selected(s *ssa.Select, index int) value {
	receives := 0
	for _, state := range s.States {
		if state.Dir != types.RecvOnly {
			continue
		}
		if receives == index-2 {
			return p.channel(state.Chan, s)
		}
		receives++
	}
	return harmless
}

func (p *Package) channel(ch ssa.Value, at ssa.Instruction) value {
	root, to := p.resolve(ch)
	u := p.unitOf(at.Parent())
	h := p.history(u, root)
	if h == nil {
		return unknown
	}
	result := harmless
	for i := range h.all {
		if send, ok := h.all[i].instr.(*ssa.Send); ok && h.all[i].to == to+anyItem {
			result = result.join(p.eval(send.X, send).stepped(send.Pos(), send.Pos(), "goes through a channel"))
		}
	}
	if _, made := root.(*ssa.MakeChan); !made {
		if _, cell := root.(*ssa.Alloc); !cell {
			result = result.join(unknown)
		}
	}
	return result
}
