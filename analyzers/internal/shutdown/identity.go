package shutdown

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// The identity of a server is the key of where its value comes from: where it is
// made, the field or variable that it is kept in, the parameter that it is. A
// value that may come from several places has a key of its own, and operations
// of kind opAlias say where from. A collection shares the identity of its
// elements. The empty key is a server that could not be named.
const (
	valuePrefix = "value:" // made by a function
	madePrefix  = "made:"  // returned by a function of the program, behind the @
)

// identity returns the key of the server that a value is, leads to or holds.
func (b *builder) identity(v ssa.Value) string { return b.identify(v, maxKeyStep) }

func (b *builder) identify(v ssa.Value, steps int) string {
	if steps == 0 || v == nil {
		return ""
	}
	next := func(v ssa.Value) string { return b.identify(v, steps-1) }
	switch v := v.(type) {
	case *ssa.Parameter:
		return paramKey(b.id(v.Parent()), indexOf(v))
	case *ssa.FreeVar:
		return next(bindingOf(v))
	case *ssa.Global:
		return globalSep + v.String()
	case *ssa.Alloc:
		return b.cellIdentity(v, steps)
	case *ssa.FieldAddr:
		return b.fieldIdentity(v.X, v.Field, steps)
	case *ssa.Field:
		return b.fieldIdentity(v.X, v.Field, steps)
	case *ssa.UnOp:
		if v.Op == token.MUL || v.Op == token.ARROW {
			return next(v.X)
		}
	case *ssa.Extract:
		if step, ok := v.Tuple.(*ssa.Next); ok {
			if over, ok := step.Iter.(*ssa.Range); ok {
				return next(over.X)
			}
			return ""
		}
		return next(v.Tuple)
	case *ssa.Call:
		return b.callIdentity(v, steps)
	case *ssa.Phi, *ssa.MakeSlice, *ssa.MakeMap, *ssa.MakeChan:
		return valueKey(b, v)
	}
	if x := underneath(v); x != nil {
		return next(x)
	}
	return ""
}

// underneath returns the value that another is a form or a part of.
func underneath(v ssa.Value) ssa.Value {
	switch v := v.(type) {
	case *ssa.ChangeType:
		return v.X
	case *ssa.ChangeInterface:
		return v.X
	case *ssa.MakeInterface:
		return v.X
	case *ssa.TypeAssert:
		return v.X
	case *ssa.Slice:
		return v.X
	case *ssa.IndexAddr:
		return v.X
	case *ssa.Index:
		return v.X
	case *ssa.Lookup:
		return v.X
	}
	return nil
}

func valueKey(b *builder, v ssa.Value) string {
	return valuePrefix + b.id(v.Parent()) + "." + v.Name()
}

// cellIdentity names a local: a server by itself, a variable by the one value
// that is stored in it.
func (b *builder) cellIdentity(cell *ssa.Alloc, steps int) string {
	switch types.Unalias(cell.Type().(*types.Pointer).Elem()).Underlying().(type) {
	case *types.Struct, *types.Array:
		return valueKey(b, cell)
	}
	var stored []ssa.Value
	for _, user := range *cell.Referrers() {
		if store, ok := user.(*ssa.Store); ok && store.Addr == cell {
			stored = append(stored, store.Val)
		}
	}
	if len(stored) == 1 {
		if key := b.identify(stored[0], steps-1); key != "" {
			return key
		}
	}
	return valueKey(b, cell)
}

// fieldIdentity names what a field holds. The servers that an Echo has in its
// fields are the Echo's.
func (b *builder) fieldIdentity(of ssa.Value, index int, steps int) string {
	t := of.Type()
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if isServer(t) {
		return b.identify(of, steps-1)
	}
	return fieldKey(of.Type(), index)
}

// callIdentity names the server that a call returns.
func (b *builder) callIdentity(call *ssa.Call, steps int) string {
	common := call.Common()
	if builtin, ok := common.Value.(*ssa.Builtin); ok {
		if builtin.Name() == "append" {
			return valueKey(b, call)
		}
		return ""
	}
	callee := common.StaticCallee()
	if callee == nil {
		return ""
	}
	if b.owns(callee) {
		return madePrefix + b.id(call.Parent()) + "." + call.Name() + "@" + b.id(callee)
	}
	// A constructor of the server's own package makes a new one.
	if result := namedOf(resultType(call)); result != nil && callee.Pkg != nil && result.Obj().Pkg() == callee.Pkg.Pkg && callee.Signature.Recv() == nil {
		return valueKey(b, call)
	}
	return ""
}

// resultType returns the type of a call's first result.
func resultType(call *ssa.Call) types.Type {
	if tuple, ok := call.Type().(*types.Tuple); ok {
		if tuple.Len() == 0 {
			return types.Typ[types.Invalid]
		}
		return tuple.At(0).Type()
	}
	return call.Type()
}

// aliases notes which servers an instruction makes known under another key.
func (b *builder) aliases(ops []Op, instr ssa.Instruction) []Op {
	alias := func(to string, values ...ssa.Value) {
		for _, v := range values {
			from := b.identity(v)
			if to != "" && from != to {
				ops = append(ops, Op{Kind: opAlias, Keys: []string{to, from}})
			}
		}
	}
	switch instr := instr.(type) {
	case *ssa.Store:
		if carriesServer(instr.Val.Type()) || fromServer(instr.Val) {
			alias(b.identity(instr.Addr), instr.Val)
		}
	case *ssa.MapUpdate:
		if carriesServer(instr.Value.Type()) || fromServer(instr.Value) {
			alias(b.identity(instr.Map), instr.Value)
		}
	case *ssa.Send:
		if carriesServer(instr.X.Type()) {
			alias(b.identity(instr.Chan), instr.X)
		}
	case *ssa.Phi:
		if carriesServer(instr.Type()) {
			alias(b.identity(instr), instr.Edges...)
		}
	case *ssa.Return:
		for i := range instr.Results {
			result := returned(instr, i)
			if carriesServer(result.Type()) || fromServer(result) {
				alias(resultPrefix+b.id(instr.Parent()), result)
			}
		}
	case *ssa.Call:
		if builtin, ok := instr.Call.Value.(*ssa.Builtin); ok && builtin.Name() == "append" && carriesServer(instr.Type()) {
			alias(b.identity(instr), instr.Call.Args...)
		}
	}
	return ops
}

// fromServer reports whether a value is a server behind an interface.
func fromServer(v ssa.Value) bool {
	made, ok := v.(*ssa.MakeInterface)
	return ok && carriesServer(made.X.Type())
}

// escapes notes the servers that a call of a dependency is given, which may stop
// them by itself.
func (b *builder) escapes(ops []Op, common *ssa.CallCommon, fn *types.Func) []Op {
	if fn == nil || fn.Pkg() == nil || harmlessTo(fn) {
		return ops
	}
	for i, arg := range common.Args {
		if i == 0 && fn.Signature().Recv() != nil && !common.IsInvoke() && isServer(elementOf(arg.Type())) {
			continue // a method of the server itself
		}
		if carriesServer(arg.Type()) || fromServer(arg) {
			ops = append(ops, Op{Kind: opEscape, Keys: []string{b.identity(arg)}, Text: fn.Name()})
		}
	}
	return ops
}

func elementOf(t types.Type) types.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// harmlessTo reports whether a function of a dependency that is given a server
// only adds to it, or is known to do nothing that stops it.
func harmlessTo(fn *types.Func) bool {
	path := fn.Pkg().Path()
	if standardPath(path) && path != "golang.org/x/net/netutil" {
		return true
	}
	if _, ok := inTable(servings, fn); ok {
		return true
	}
	name := fn.Name()
	return strings.HasPrefix(name, "Register") || strings.HasPrefix(name, "Configure") || strings.HasPrefix(name, "Use") ||
		path == "google.golang.org/grpc/reflection" || strings.Contains(path, "/go-grpc-prometheus") || strings.Contains(path, "/grpc-ecosystem/")
}
