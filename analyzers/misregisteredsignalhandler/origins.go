package misregisteredsignalhandler

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// An origin is where a channel may come from.
type origin struct {
	made  *ssa.MakeChan
	param *ssa.Parameter
	null  bool
	// Elsewhere: it is made without a buffer in another package, at site.
	elsewhere bool
	site      shutdown.Site
}

// unknown is the origin of a channel that cannot be followed.
var unknown = origin{}

func (o origin) isUnknown() bool { return o == unknown }

// capacity returns how many signals a channel has room for, false if that is
// not known.
func (o origin) capacity() (int64, bool) {
	if o.elsewhere {
		return 0, true
	}
	if o.made == nil {
		return 0, false
	}
	size, ok := o.made.Size.(*ssa.Const)
	if !ok || size.Value == nil {
		return 0, false
	}
	n, exact := constant.Int64Val(constant.ToInt(size.Value))
	return n, exact
}

// unbuffered returns the first of some origins without a buffer, if there is
// one and nothing is unknown of the others.
func (c *checker) unbuffered(origins []origin) (origin, bool) {
	var found origin
	for _, o := range origins {
		n, known := o.capacity()
		switch {
		case !known && !o.null:
			return origin{}, false
		case known && n == 0 && found.isUnknown():
			found = o
		}
	}
	return found, !found.isUnknown()
}

// maxSteps is how far a channel is followed to where it is made.
const maxSteps = 16

// origins returns where a channel may come from.
func (c *checker) origins(v ssa.Value) []origin {
	if v == nil {
		return nil
	}
	return c.from(v, maxSteps)
}

func (c *checker) from(v ssa.Value, steps int) []origin {
	if steps == 0 {
		return []origin{unknown}
	}
	switch v := v.(type) {
	case *ssa.MakeChan:
		return []origin{{made: v}}
	case *ssa.Const:
		return []origin{{null: true}}
	case *ssa.Parameter:
		return []origin{{param: v}}
	case *ssa.ChangeType:
		return c.from(v.X, steps-1)
	case *ssa.Phi:
		var all []origin
		for _, edge := range v.Edges {
			all = append(all, c.from(edge, steps/2)...)
		}
		return all
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return c.loaded(v.X, steps-1)
		}
	case *ssa.Field:
		if field := fieldOf(v.X.Type(), v.Field); field != nil {
			return c.stored(field, steps-1)
		}
	case *ssa.Call:
		return c.returned(v, steps-1)
	}
	return []origin{unknown}
}

// loaded returns the origins of what an address holds.
func (c *checker) loaded(addr ssa.Value, steps int) []origin {
	switch addr := addr.(type) {
	case *ssa.Global:
		if addr.Object() != nil {
			return c.stored(addr.Object(), steps)
		}
	case *ssa.FieldAddr:
		if field := fieldOf(addr.X.Type(), addr.Field); field != nil {
			return c.stored(field, steps)
		}
	case *ssa.Alloc, *ssa.FreeVar:
		cell := cellOf(addr)
		if cell == nil {
			return []origin{unknown}
		}
		var all []origin
		for _, use := range usesOf(cell) {
			switch use := use.(type) {
			case *ssa.Store:
				all = append(all, c.from(use.Val, steps/2)...)
			case *ssa.UnOp, *ssa.DebugRef:
			default:
				return []origin{unknown}
			}
		}
		return all
	}
	return []origin{unknown}
}

// stored returns the origins of all that is ever stored in a variable or field.
func (c *checker) stored(obj types.Object, steps int) []origin {
	var all []origin
	if obj.Pkg() != c.pass.Pkg {
		var made Made
		if !c.pass.ImportObjectFact(obj, &made) {
			return []origin{unknown}
		}
		all = append(all, origin{elsewhere: true, site: made.Site})
	}
	for _, v := range c.stores[obj] {
		all = append(all, c.from(v, steps/2)...)
	}
	if len(all) == 0 {
		if v, ok := obj.(*types.Var); ok && !v.IsField() && !v.Exported() {
			return []origin{{null: true}}
		}
		return []origin{unknown}
	}
	return all
}

// returned returns the origins of what a call returns.
func (c *checker) returned(call *ssa.Call, steps int) []origin {
	fn := call.Common().StaticCallee()
	if fn == nil {
		return []origin{unknown}
	}
	if len(fn.Blocks) > 0 {
		return c.resultsWithin(fn, steps)
	}
	var made Made
	if obj, ok := fn.Object().(*types.Func); ok && c.pass.ImportObjectFact(obj.Origin(), &made) {
		return []origin{{elsewhere: true, site: made.Site}}
	}
	return []origin{unknown}
}

// results returns the origins of the channel that a function returns.
func (c *checker) results(fn *ssa.Function) []origin { return c.resultsWithin(fn, maxSteps) }

func (c *checker) resultsWithin(fn *ssa.Function, steps int) []origin {
	var all []origin
	for _, block := range fn.Blocks {
		if ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok && len(ret.Results) == 1 && steps > 0 {
			all = append(all, c.from(ret.Results[0], steps/2)...)
		}
	}
	for i := range all {
		if all[i].param != nil {
			all[i] = unknown // of the callee's, not of the caller's
		}
	}
	if len(all) == 0 {
		return []origin{unknown}
	}
	return all
}

// storesOf notes what is stored in the package variables and fields that hold
// channels of signals.
func storesOf(functions []*ssa.Function, pkg *ssa.Package) map[types.Object][]ssa.Value {
	stores := make(map[types.Object][]ssa.Value)
	if initialiser := pkg.Func("init"); initialiser != nil {
		functions = append([]*ssa.Function{initialiser}, functions...)
	}
	for _, fn := range functions {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				if store, ok := instr.(*ssa.Store); ok && isChannel(store.Val.Type()) {
					if obj := objectAt(store.Addr); obj != nil {
						stores[obj] = append(stores[obj], store.Val)
					}
				}
			}
		}
	}
	return stores
}

// objectAt returns the package variable or field that an address is of.
func objectAt(addr ssa.Value) types.Object {
	switch addr := addr.(type) {
	case *ssa.Global:
		return addr.Object()
	case *ssa.FieldAddr:
		if field := fieldOf(addr.X.Type(), addr.Field); field != nil {
			return field
		}
	}
	return nil
}

func fieldOf(t types.Type, index int) *types.Var {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if s, ok := t.Underlying().(*types.Struct); ok {
		return s.Field(index).Origin()
	}
	return nil
}

// cellOf returns the local variable that an address is of, seen from a closure
// too.
func cellOf(addr ssa.Value) *ssa.Alloc {
	for addr != nil {
		switch a := addr.(type) {
		case *ssa.Alloc:
			return a
		case *ssa.FreeVar:
			addr = bindingOf(a)
		default:
			return nil
		}
	}
	return nil
}

// bindingOf returns what a closure's variable is bound to where the closure is
// made.
func bindingOf(v *ssa.FreeVar) ssa.Value {
	fn := v.Parent()
	if fn.Parent() == nil {
		return nil
	}
	for _, block := range fn.Parent().Blocks {
		for _, instr := range block.Instrs {
			if closure, ok := instr.(*ssa.MakeClosure); ok && closure.Fn == fn {
				for i, fv := range fn.FreeVars {
					if fv == v {
						return closure.Bindings[i]
					}
				}
			}
		}
	}
	return nil
}

// usesOf lists the instructions that use a local variable, those in closures
// included.
func usesOf(cell ssa.Value) []ssa.Instruction {
	var all []ssa.Instruction
	for _, user := range *cell.Referrers() {
		closure, ok := user.(*ssa.MakeClosure)
		if !ok {
			all = append(all, user)
			continue
		}
		fn := closure.Fn.(*ssa.Function)
		for i, bound := range closure.Bindings {
			if bound == cell && i < len(fn.FreeVars) {
				all = append(all, usesOf(fn.FreeVars[i])...)
			}
		}
	}
	return all
}
