package web

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
)

// A call is a call with its receiver apart from its arguments.
type call struct {
	instr  ssa.CallInstruction
	fn     *types.Func   // nil for a literal and for a function value
	static *ssa.Function // nil if it is not known which function is called
	recv   ssa.Value     // nil for a function
	args   []ssa.Value   // the last of a variadic call is a slice
	path   string        // of the package of fn, without version
	typ    string        // of the receiver of fn, without package
	name   string
}

func (g *gatherer) callOf(instr ssa.CallInstruction) *call {
	common := instr.Common()
	c := &call{instr: instr, args: common.Args}
	if common.IsInvoke() {
		c.fn, c.recv = common.Method, common.Value
	} else if c.static = common.StaticCallee(); c.static != nil {
		if origin := c.static.Origin(); origin != nil {
			c.static = origin
		}
		if c.fn, _ = c.static.Object().(*types.Func); c.fn != nil && c.fn.Signature().Recv() != nil && len(c.args) > 0 && c.static.Signature.Recv() != nil {
			c.recv, c.args = c.args[0], c.args[1:]
		}
	}
	if c.fn == nil || c.fn.Pkg() == nil {
		return c
	}
	c.fn = c.fn.Origin()
	c.path, c.name = logapi.Path(c.fn.Pkg().Path()), c.fn.Name()
	if recv := c.fn.Signature().Recv(); recv != nil {
		if named := namedOf(recv.Type()); named != nil {
			c.typ = named.Obj().Name()
		}
	}
	return c
}

// id names the function that is called.
func (c *call) id() string {
	if c.fn != nil {
		return reach.ID(c.fn)
	}
	if c.static != nil {
		return id(c.static)
	}
	return ""
}

// value returns the result of the call, nil if it is deferred or a goroutine.
func (c *call) value() *ssa.Call {
	v, _ := c.instr.(*ssa.Call)
	return v
}

// arg returns an argument, nil if there is none.
func (c *call) arg(i int) ssa.Value {
	if i < 0 || i >= len(c.args) {
		return nil
	}
	return c.args[i]
}

// is reports whether a function or method of a library is called: one of names,
// with the type of its receiver.
func (c *call) is(path, typ string, names ...string) bool {
	return c.fn != nil && c.path == path && c.typ == typ && slices.Contains(names, c.name)
}

// rest returns the values from the argument i on, those of a variadic parameter
// one by one; none if i is negative.
func (c *call) rest(i int) []ssa.Value {
	var all []ssa.Value
	if i < 0 {
		return nil
	}
	for ; i < len(c.args); i++ {
		if i == len(c.args)-1 && c.fn != nil && c.fn.Signature().Variadic() {
			all = append(all, elements(c.args[i])...)
		} else {
			all = append(all, c.args[i])
		}
	}
	return all
}

// elements returns the values in the literal of a slice or array.
func elements(v ssa.Value) []ssa.Value {
	array := arrayOf(v)
	if array == nil {
		return nil
	}
	var all []ssa.Value
	for _, user := range *array.Referrers() {
		if element, ok := user.(*ssa.IndexAddr); ok {
			for _, user := range *element.Referrers() {
				if store, ok := user.(*ssa.Store); ok && store.Addr == element {
					all = append(all, store.Val)
				}
			}
		}
	}
	return all
}

// arrayOf returns the array behind the literal of a slice.
func arrayOf(v ssa.Value) *ssa.Alloc {
	if slice, ok := v.(*ssa.Slice); ok {
		v = slice.X
	}
	array, _ := v.(*ssa.Alloc)
	return array
}

// plain strips what only changes the type of a value.
func plain(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.Convert:
			v = x.X
		case *ssa.TypeAssert:
			v = x.X
		default:
			return v
		}
	}
}

// storedIn returns what is stored in a variable, and whether other code may
// store in it, too.
func storedIn(cell ssa.Value) (values []ssa.Value, open bool) {
	users := cell.Referrers()
	if users == nil {
		return nil, true
	}
	for _, user := range *users {
		switch user := user.(type) {
		case *ssa.Store:
			if user.Addr == cell {
				values = append(values, user.Val)
			} else {
				open = true
			}
		case *ssa.UnOp, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Slice:
		case *ssa.MakeClosure:
			more := storedInClosure(user, cell)
			values = append(values, more...)
		default:
			open = true
		}
	}
	return values, open
}

func storedInClosure(closure *ssa.MakeClosure, cell ssa.Value) []ssa.Value {
	fn, ok := closure.Fn.(*ssa.Function)
	index := slices.Index(closure.Bindings, cell)
	if !ok || index < 0 || index >= len(fn.FreeVars) {
		return nil
	}
	var values []ssa.Value
	for _, user := range *fn.FreeVars[index].Referrers() {
		if store, ok := user.(*ssa.Store); ok && store.Addr == fn.FreeVars[index] {
			values = append(values, store.Val)
		}
	}
	return values
}
