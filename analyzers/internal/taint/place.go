package taint

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A path leads from a value into what it holds: fields of structs, items of
// slices and maps. Pointers on the way are not counted. Each step is two bytes,
// so that paths can be compared and joined as strings.
type path string

// The steps that are no fields.
const (
	item      = 0xFFFF // an item, nobody knows which
	firstKey  = 0x8000 // items under constant keys
	firstItem = 0xC000 // items by constant index
	maxItem   = 64
	maxFields = 12
)

func step16(n int) path { return path([]byte{byte(n >> 8), byte(n)}) }

var anyItem = step16(item)

func (p path) len() int { return len(p) / 2 }

func (p path) at(i int) int { return int(p[2*i])<<8 | int(p[2*i+1]) }

func (p path) from(i int) path { return p[2*i:] }

// items reports whether a path leads through items only.
func (p path) items() bool {
	for i := range p.len() {
		if p.at(i) < firstKey {
			return false
		}
	}
	return true
}

// within reports whether a leads to p or to something that holds it, and whether
// that is certain: an unknown item may be another one.
func (a path) within(p path) (may, certain bool) {
	if len(a) > len(p) {
		return false, false
	}
	certain = true
	for i := range a.len() {
		x, y := a.at(i), p.at(i)
		switch {
		case x == item && y >= firstKey || y == item && x >= firstKey:
			certain = false
		case x != y:
			return false, false
		case x == item:
			certain = false
		}
	}
	return true, certain
}

// keyStep is the step to an item of a map or array.
func (p *Package) keyStep(index ssa.Value) path {
	c, ok := index.(*ssa.Const)
	if !ok || c.Value == nil {
		return anyItem
	}
	switch c.Value.Kind() {
	case constant.Int:
		if n, ok := constant.Int64Val(c.Value); ok && n >= 0 && n < maxItem {
			return step16(firstItem + int(n))
		}
	case constant.String:
		key := constant.StringVal(c.Value)
		n, known := p.keys[key]
		if !known {
			n = len(p.keys)
			p.keys[key] = n
		}
		if firstKey+n < firstItem {
			return step16(firstKey + n)
		}
	}
	return anyItem
}

// reference reports whether values of a type refer to memory that others can
// write.
func reference(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Map, *types.Slice, *types.Chan, *types.Interface:
		return true
	}
	return false
}

// resolve returns the place that a reference leads to: the value where it begins
// and the path from there. A pointer that was read from a place is that place.
func (p *Package) resolve(v ssa.Value) (root ssa.Value, to path) {
	switch v := v.(type) {
	case *ssa.FieldAddr:
		root, to = p.resolve(v.X)
		return root, to + step16(v.Field)
	case *ssa.IndexAddr:
		root, to = p.resolve(v.X)
		return root, to + p.keyStep(v.Index)
	case *ssa.Field:
		root, to = p.resolve(v.X)
		return root, to + step16(v.Field)
	case *ssa.Lookup:
		if reference(v.Type()) && !v.CommaOk {
			root, to = p.resolve(v.X)
			return root, to + p.keyStep(v.Index)
		}
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return p.resolve(v.X)
		}
	case *ssa.Slice:
		if v.Low == nil && v.High == nil && reference(v.X.Type()) {
			return p.resolve(v.X)
		}
	case *ssa.ChangeType:
		return p.resolve(v.X)
	case *ssa.MakeInterface:
		if reference(v.X.Type()) {
			return p.resolve(v.X)
		}
	case *ssa.ChangeInterface:
		return p.resolve(v.X)
	case *ssa.TypeAssert:
		if reference(v.Type()) && !v.CommaOk {
			return p.resolve(v.X)
		}
	case *ssa.FreeVar:
		if bound := p.binding(v); bound != nil {
			return p.resolve(bound)
		}
	}
	return v, ""
}

// binding returns what a captured variable is outside the function literal, nil
// if nobody knows.
func (p *Package) binding(v *ssa.FreeVar) ssa.Value {
	fn := v.Parent()
	if bound, known := p.bindings[v]; known {
		return bound
	}
	p.bindings[v] = nil
	if fn.Parent() == nil {
		return nil
	}
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			closure, ok := instr.(*ssa.MakeClosure)
			if !ok || closure.Fn != fn {
				continue
			}
			for i, free := range fn.FreeVars {
				if p.bindings[free] == nil {
					p.bindings[free] = closure.Bindings[i]
				}
			}
		}
	}
	return p.bindings[v]
}

// owner returns the struct type that a field's address or value is taken of.
func owner(x ssa.Value) types.Type {
	if ptr, ok := x.Type().Underlying().(*types.Pointer); ok {
		return ptr.Elem()
	}
	return x.Type()
}

func structOf(t types.Type) *types.Struct {
	if t == nil {
		return nil
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}

// pathOf turns fields, as a walk through a type meets them, into a path.
func pathOf(t types.Type, fields []*types.Var) (path, bool) {
	var to path
	for _, field := range fields {
		for {
			if s, ok := t.Underlying().(*types.Struct); ok {
				i := 0
				for i < s.NumFields() && s.Field(i) != field {
					i++
				}
				if i == s.NumFields() {
					return "", false
				}
				to += step16(i)
				break
			}
			switch u := t.Underlying().(type) {
			case *types.Pointer:
				t = u.Elem()
			case *types.Slice:
				t, to = u.Elem(), to+anyItem
			case *types.Array:
				t, to = u.Elem(), to+anyItem
			case *types.Map:
				t, to = u.Elem(), to+anyItem
			default:
				return "", false
			}
		}
		t = field.Type()
	}
	return to, to.len() <= maxFields
}
