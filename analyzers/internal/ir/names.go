package ir

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// takeNamesIn takes the names in a function and the literals in it.
func (p *Package) takeNamesIn(fn *ssa.Function) {
	if fn == nil {
		return
	}
	p.takeNames(fn)
	for _, anon := range fn.AnonFuncs {
		p.takeNamesIn(anon)
	}
}

// takeNames notes the variables that the references of a function built for
// debugging name, and removes the references: those who read the form need not
// know of them.
func (p *Package) takeNames(fn *ssa.Function) {
	referred := make(map[ssa.Value]bool)
	for _, b := range fn.Blocks {
		b.Instrs = slices.DeleteFunc(b.Instrs, func(instr ssa.Instruction) bool {
			ref, ok := instr.(*ssa.DebugRef)
			if !ok {
				return false
			}
			referred[ref.X] = true
			p.takeName(ref, b)
			return true
		})
	}
	for v := range referred {
		if users := v.Referrers(); users != nil {
			*users = slices.DeleteFunc(*users, func(user ssa.Instruction) bool {
				_, ok := user.(*ssa.DebugRef)
				return ok
			})
		}
	}
}

func (p *Package) takeName(ref *ssa.DebugRef, b *ssa.BasicBlock) {
	v, ok := ref.Object().(*types.Var)
	if !ok || ref.IsAddr || v.IsField() || v.Parent() == nil || v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
		return
	}
	switch ref.X.(type) {
	case *ssa.Const, *ssa.Parameter, *ssa.FreeVar, *ssa.Function, *ssa.Global:
		return
	}
	if name := (Name{v, b}); !slices.Contains(p.names[ref.X], name) {
		p.names[ref.X] = append(p.names[ref.X], name)
	}
}
