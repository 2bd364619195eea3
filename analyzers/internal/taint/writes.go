package taint

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// A write is something that a function puts into memory that one of its
// parameters leads to.
type write struct {
	param int
	to    path
	by    *event // nil if nobody knows what is written
	// nested is what a function that was called writes, seen from this one.
	nested *value
	always bool // on every way through the function
}

// maxWrites bounds what is remembered of one function; beyond, nothing is known.
const maxWrites = 32

// writes lists what a function of this package writes behind its parameters.
func (p *Package) writes(fn *ssa.Function) []write {
	if list, known := p.written[fn]; known {
		return list
	}
	p.written[fn] = nil // a recursive function writes by its other calls
	u := p.unitOf(fn)
	var list []write
	for i, param := range fn.Params {
		for _, root := range spills(param) {
			h := p.history(u, root)
			if h == nil {
				continue
			}
			for j := range h.all {
				list = p.addWrites(list, i, root, &h.all[j])
			}
		}
	}
	if len(list) > maxWrites {
		list = nil
		for i := range fn.Params {
			list = append(list, write{param: i})
		}
	}
	p.written[fn] = list
	return list
}

// spills returns a parameter and the variables that it is kept in.
func spills(param *ssa.Parameter) []ssa.Value {
	list := []ssa.Value{param}
	if param.Referrers() == nil {
		return list
	}
	for _, user := range *param.Referrers() {
		store, ok := user.(*ssa.Store)
		if !ok || store.Val != param {
			continue
		}
		if cell, ok := store.Addr.(*ssa.Alloc); ok && reference(param.Type()) {
			list = append(list, cell)
		}
	}
	return list
}

func (p *Package) addWrites(list []write, param int, root ssa.Value, e *event) []write {
	switch e.kind {
	case stored:
		if _, cell := root.(*ssa.Alloc); cell && e.to == "" {
			return list // the variable itself, not what it leads to
		}
		return append(list, write{param: param, to: e.to, by: e, always: always(e.instr)})
	case kept:
		return append(list, write{param: param, to: e.to})
	case given:
		call := e.instr.(ssa.CallInstruction)
		_, fn := p.callee(call)
		if fn == nil {
			if p.mayFill(call, e.arg) {
				list = append(list, write{param: param, to: e.to})
			}
			return list
		}
		for _, w := range p.writes(fn) {
			if w.param != e.arg {
				continue
			}
			nested := write{param: param, to: e.to + w.to}
			if w.by != nil && sensitive.Carries(w.by.value.Type()) && !isStruct(w.by.value.Type()) {
				nested.by = w.by
				inside, _ := p.substitute(p.writtenValue(&w, ""), fn, call)
				nested.nested = &inside
			}
			list = append(list, nested)
		}
	}
	return list
}

func isStruct(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

// always reports whether an instruction is done whenever its function returns.
func always(instr ssa.Instruction) bool {
	fn := instr.Parent()
	if fn.Parent() != nil {
		return false
	}
	for _, b := range fn.Blocks {
		if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && b != fn.Recover && !instr.Block().Dominates(b) {
			return false
		}
	}
	return true
}

// writtenValue judges what a write puts into the part that rest leads to.
func (p *Package) writtenValue(w *write, rest path) value {
	if w.nested != nil {
		if rest != "" {
			return unknown
		}
		return *w.nested
	}
	outer := p.unit
	p.unit = p.unitOf(w.by.instr.Parent())
	defer func() { p.unit = outer }()
	return p.holds(w.by.value, rest, w.by.instr)
}

// given judges what a call that has an address may have put into the place.
func (p *Package) given(e *event, to path, at ssa.Instruction, s *spot) (v value, final bool) {
	call := e.instr.(ssa.CallInstruction)
	obj, fn := p.callee(call)
	if fn != nil {
		return p.givenBody(e, call, fn, to, s)
	}
	above, _ := e.to.within(to)
	if obj != nil {
		if flow := p.flow(obj); flow != nil {
			return p.givenFlow(e, call, flow, to, s)
		}
		if v, ok := p.filled(call, obj, e); ok {
			below, _ := to.within(e.to)
			if above || below {
				return v, false
			}
			return harmless, false
		}
		if v, ok := p.flag(call, obj, e, to); ok {
			return v, false
		}
	}
	below, _ := to.within(e.to)
	if !above && !below || !p.mayFill(call, e.arg) {
		return harmless, false
	}
	if !above {
		return unknown, false // of a part of the place
	}
	s.escaped = true
	return harmless, false
}

func (p *Package) givenBody(e *event, call ssa.CallInstruction, fn *ssa.Function, to path, s *spot) (v value, final bool) {
	v = harmless
	for _, w := range p.writes(fn) {
		if w.param != e.arg {
			continue
		}
		full := e.to + w.to
		may, certain := full.within(to)
		below, _ := to.within(full)
		switch {
		case !may && !below:
		case w.by == nil && !may:
			v = v.join(unknown)
		case w.by == nil:
			s.escaped = true
		case may:
			inside, _ := p.substitute(p.writtenValue(&w, to.from(full.len())), fn, call)
			v = v.join(p.steppedIn(inside, call))
			final = final || certain && w.always
		case full.from(to.len()).items():
			inside, _ := p.substitute(p.writtenValue(&w, ""), fn, call)
			v = v.join(p.steppedIn(inside, call))
		default:
			v = v.join(unknown)
		}
	}
	return v, final
}

func (p *Package) steppedIn(v value, call ssa.CallInstruction) value {
	if e, ok := find[*ast.CallExpr](p.syntax, call.Common().Pos()); ok && v.tainted() {
		return v.stepped(e.Pos(), e.End(), "is stored by "+spell(e.Fun))
	}
	return v
}

// filled judges a function of the standard library that puts its other arguments
// into what it is given.
func (p *Package) filled(call ssa.CallInstruction, obj *types.Func, e *event) (value, bool) {
	c := calleeOf(obj)
	args := arguments(call)
	if e.arg != 0 {
		return unknown, false
	}
	if f, ok := writers[c.title]; ok {
		syntax, _ := find[*ast.CallExpr](p.syntax, call.Common().Pos())
		return p.formatted(f, call, syntax), true
	}
	if filling[c.title] {
		return p.joined(args[1:], call), true
	}
	return unknown, false
}

// flag judges the variable that a flag's value is put into.
func (p *Package) flag(call ssa.CallInstruction, obj *types.Func, e *event, to path) (value, bool) {
	args := call.Common().Args
	if obj.Pkg() == nil || obj.Pkg().Name() != "flag" && obj.Pkg().Name() != "pflag" || e.to != to {
		return unknown, false
	}
	if e.arg+1 < len(args) {
		name, ok := text(args[e.arg+1])
		if !ok {
			return unknown, false
		}
		syntax, _ := find[*ast.CallExpr](p.syntax, call.Common().Pos())
		return p.flagNamed(name, syntax), true
	}
	return unknown, false
}

// reading are functions that only look at what they are given an address of.
var reading = wordSet(`encoding/json.Marshal encoding/json.MarshalIndent encoding/json.Encoder.Encode gopkg.in/yaml.Marshal
	fmt.Sprint fmt.Sprintf fmt.Sprintln fmt.Errorf fmt.Print fmt.Printf fmt.Println fmt.Fprint fmt.Fprintf fmt.Fprintln
	errors.Is reflect.TypeOf reflect.DeepEqual net/http.Request.WithContext net/http.Client.Do net/http.Request.Context
	net/http.Request.Cookie net/http.Request.BasicAuth net/http.Request.UserAgent`)

// mayFill reports whether a call of a function whose body is not visible may
// write behind an argument.
func (p *Package) mayFill(call ssa.CallInstruction, arg int) bool {
	obj, _ := p.callee(call)
	if obj == nil {
		if builtin, ok := call.Common().Value.(*ssa.Builtin); ok {
			return builtin.Name() == "copy" && arg == 0
		}
		return true
	}
	if _, logs := logapi.Lookup(obj); logs {
		return false
	}
	c := calleeOf(obj)
	if reading[c.title] || formatters[c.title] != nil {
		return false
	}
	args := arguments(call)
	if arg < len(args) {
		if slice, ok := args[arg].Type().Underlying().(*types.Slice); ok {
			if basic, ok := slice.Elem().Underlying().(*types.Basic); ok && basic.Kind() == types.Byte {
				return slices.Contains([]string{"Read", "ReadFull", "ReadAtLeast"}, c.name) // bytes are mostly read
			}
		}
	}
	return true
}
