package taint

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// hold finds the fields of the package's structs that are only ever given
// something sensitive although their names do not say so.
func (p *Package) hold() {
	stores := make(map[*types.Var][]*ssa.Store)
	var fields []*types.Var
	for _, u := range p.order {
		for _, fn := range u.funcs {
			for _, b := range fn.Blocks {
				for _, instr := range b.Instrs {
					store, ok := instr.(*ssa.Store)
					if !ok {
						continue
					}
					f := p.fieldOf(store)
					if f == nil {
						continue
					}
					if stores[f] == nil {
						fields = append(fields, f)
					}
					stores[f] = append(stores[f], store)
				}
			}
		}
	}
	for _, f := range fields {
		if held := p.heldBy(stores[f]); held != (Held{}) {
			p.held[f] = &held
			p.pass.ExportObjectFact(f, &held)
		}
	}
}

// fieldOf returns the field of a struct of this package, for a single text, that
// is written.
func (p *Package) fieldOf(store *ssa.Store) *types.Var {
	addr, ok := store.Addr.(*ssa.FieldAddr)
	if !ok || !sensitive.Text(store.Val.Type()) {
		return nil
	}
	s := structOf(owner(addr.X))
	if s == nil {
		return nil
	}
	f := s.Field(addr.Field)
	if f.Pkg() != p.pass.Pkg || p.safe(f) || p.vocabulary[Secrets].Name(f.Name()) == sensitive.Cancelled {
		return nil
	}
	return f
}

// heldBy returns the topics that all stores agree in, constants left out.
func (p *Package) heldBy(stores []*ssa.Store) Held {
	var held Held
	for t := range topics {
		for _, store := range stores {
			if _, constant := store.Val.(*ssa.Const); constant {
				continue
			}
			p.afresh()
			p.unit = p.unitOf(store.Parent())
			s := p.eval(store.Val, store).sources[t]
			if s == nil || s.Whole {
				held.Kinds[t] = 0
				break
			}
			held.Kinds[t] = int(s.Kind) + 1
		}
	}
	return held
}

// holding reports whether a field holds something sensitive that its name does
// not speak of.
func (p *Package) holding(f *types.Var, t Topic) (sensitive.Kind, bool) {
	if f.Pkg() == nil {
		return 0, false
	}
	held, known := p.held[f]
	if !known && f.Pkg() != p.pass.Pkg && p.own(f.Pkg()) {
		held = new(Held)
		if !p.pass.ImportObjectFact(f, held) {
			held = nil
		}
		p.held[f] = held
	}
	if held == nil || held.Kinds[t] == 0 {
		return 0, false
	}
	return sensitive.Kind(held.Kinds[t] - 1), true
}
