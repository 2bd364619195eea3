package shutdown

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A key names a channel, a context, a wait group or a function value within a
// program, so that those who wait can be matched with those who tell. The empty
// key is a thing that could not be named.
const (
	keyTimer     = "timer"                  // ends by itself
	keyContext   = "context"                // ends by some cancellation
	keyEndless   = "endless"                // a context that never ends
	keyForever   = "forever"                // nothing ever happens to it
	funcPrefix   = "func:"                  // a function value
	sigsPrefix   = "signals:"               // a list of signals
	parmPrefix   = "param:"                 // a parameter: bound by the call
	chanPrefix   = "chan:"                  // made by a function
	fieldSep     = "field:"                 // kept in a field of a type
	globalSep    = "global:"                // kept in a package variable
	resultPrefix = "result:"                // returned by a function
	maxKeyStep   = 12                       // how far a value is followed
	signalType   = "os.Signal"              // of the elements of a list of signals
	timePkg      = "time"                   // where timers come from
	contextPkg   = "context"                // where contexts come from
	signalPkg    = "os/signal"              // where traps come from
	cobraPkg     = "github.com/spf13/cobra" // where commands come from
	notify       = "NotifyContext"
)

// keyOf names the thing that a value holds.
func (b *builder) keyOf(v ssa.Value) string { return b.key(v, maxKeyStep) }

func (b *builder) key(v ssa.Value, steps int) string {
	if steps == 0 || v == nil {
		return ""
	}
	next := func(v ssa.Value) string { return b.key(v, steps-1) }
	switch v := v.(type) {
	case *ssa.Function:
		return funcPrefix + b.refID(v)
	case *ssa.MakeClosure:
		return funcPrefix + b.refID(v.Fn.(*ssa.Function))
	case *ssa.MakeChan:
		if onlyReceived(v) {
			return keyForever
		}
		return chanPrefix + b.id(v.Parent()) + "." + v.Name()
	case *ssa.ChangeType:
		return next(v.X)
	case *ssa.ChangeInterface:
		return next(v.X)
	case *ssa.MakeInterface:
		return next(v.X)
	case *ssa.Parameter:
		return paramKey(b.id(v.Parent()), indexOf(v))
	case *ssa.FreeVar:
		return next(bindingOf(v))
	case *ssa.Global:
		return globalSep + v.String()
	case *ssa.Alloc:
		return b.cellKey(v, steps)
	case *ssa.FieldAddr:
		return fieldKey(v.X.Type(), v.Field)
	case *ssa.Field:
		return fieldKey(v.X.Type(), v.Field)
	case *ssa.UnOp:
		return b.loadKey(v, steps)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok && v.Index == 0 {
			return b.callKey(call, steps)
		}
	case *ssa.Call:
		return b.callKey(v, steps)
	case *ssa.Phi:
		return b.phiKey(v, steps)
	}
	return ""
}

// onlyReceived reports whether nothing but receiving is ever done with a
// channel.
func onlyReceived(channel *ssa.MakeChan) bool {
	for _, user := range *channel.Referrers() {
		switch user := user.(type) {
		case *ssa.DebugRef:
		case *ssa.UnOp:
			if user.Op != token.ARROW {
				return false
			}
		default:
			return false
		}
	}
	return true
}

func paramKey(fn string, index int) string { return parmPrefix + fn + ":" + strconv.Itoa(index) }

func indexOf(p *ssa.Parameter) int {
	for i, q := range p.Parent().Params {
		if p == q {
			return i
		}
	}
	return -1
}

// bindingOf returns what a closure's variable is bound to in the function that
// makes the closure.
func bindingOf(v *ssa.FreeVar) ssa.Value {
	fn := v.Parent()
	if fn.Parent() == nil {
		return nil
	}
	index := -1
	for i, fv := range fn.FreeVars {
		if fv == v {
			index = i
		}
	}
	for _, block := range fn.Parent().Blocks {
		for _, instr := range block.Instrs {
			if closure, ok := instr.(*ssa.MakeClosure); ok && closure.Fn == fn && index >= 0 {
				return closure.Bindings[index]
			}
		}
	}
	return nil
}

// cellKey names a local variable: by the one value that is stored in it, if
// that has a name, else by itself.
func (b *builder) cellKey(cell *ssa.Alloc, steps int) string {
	var stored []ssa.Value
	for _, user := range *cell.Referrers() {
		if store, ok := user.(*ssa.Store); ok && store.Addr == cell {
			stored = append(stored, store.Val)
		}
	}
	if len(stored) == 1 {
		if key := b.key(stored[0], steps-1); key != "" {
			return key
		}
	}
	return chanPrefix + b.id(cell.Parent()) + "." + cell.Name()
}

func (b *builder) loadKey(v *ssa.UnOp, steps int) string {
	switch addr := v.X.(type) {
	case *ssa.FieldAddr:
		if isTimerChannel(addr) {
			return keyTimer
		}
		if isContext(addr.Type().Underlying().(*types.Pointer).Elem()) {
			return keyContext // which one is kept in a field cannot be known
		}
	case *ssa.Alloc, *ssa.FreeVar, *ssa.Global:
	default:
		return ""
	}
	return b.key(v.X, steps-1)
}

func isTimerChannel(addr *ssa.FieldAddr) bool {
	named := namedOf(addr.X.Type())
	return named != nil && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == timePkg
}

func fieldKey(of types.Type, index int) string {
	named := namedOf(of)
	if named == nil {
		return ""
	}
	fields, ok := named.Underlying().(*types.Struct)
	if !ok || named.Obj().Pkg() == nil {
		return ""
	}
	return fieldSep + named.Obj().Pkg().Path() + "." + named.Obj().Name() + "." + fields.Field(index).Name()
}

// callKey names what a call returns: a timer, or a context by what it is made of.
func (b *builder) callKey(call *ssa.Call, steps int) string {
	common := call.Common()
	if common.IsInvoke() {
		if common.Method.Name() == "Done" && isContext(common.Value.Type()) {
			return contextKey(b.key(common.Value, steps-1))
		}
		if common.Method.Name() == "Context" {
			return keyContext
		}
		return ""
	}
	fn := common.StaticCallee()
	if fn == nil || fn.Pkg == nil {
		return ""
	}
	switch path, name := fn.Pkg.Pkg.Path(), fn.Name(); {
	case path == timePkg && (name == "After" || name == "Tick"):
		return keyTimer
	case path == contextPkg && (name == "Background" || name == "TODO"):
		return keyEndless
	case path == contextPkg && (strings.HasPrefix(name, "WithTimeout") || strings.HasPrefix(name, "WithDeadline")):
		return keyTimer
	case path == contextPkg && (name == "WithCancel" || name == "WithCancelCause"):
		if key := b.key(common.Args[0], steps-1); key != keyEndless {
			return key
		}
		return keyContext
	case path == contextPkg && name == "WithValue":
		return b.key(common.Args[0], steps-1)
	case path == signalPkg && name == notify:
		return chanPrefix + b.id(call.Parent()) + "." + call.Name()
	}
	return b.resultKey(call, fn)
}

// resultKey names the context or channel that a function returns.
func (b *builder) resultKey(call *ssa.Call, fn *ssa.Function) string {
	results := fn.Signature.Results()
	if results.Len() == 0 {
		return ""
	}
	if isContext(results.At(0).Type()) {
		return keyContext
	}
	if _, ok := results.At(0).Type().Underlying().(*types.Chan); ok && b.owns(fn) {
		return resultPrefix + b.id(fn)
	}
	return ""
}

// contextKey names the Done channel of a context.
func contextKey(key string) string {
	if key == "" {
		return keyContext
	}
	return key
}

func (b *builder) phiKey(v *ssa.Phi, steps int) string {
	key := ""
	for _, edge := range v.Edges {
		k := b.key(edge, steps/2)
		if k == "" || key != "" && k != key {
			return ""
		}
		key = k
	}
	return key
}

func isContext(t types.Type) bool {
	named := namedOf(t)
	return named != nil && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == contextPkg && named.Obj().Name() == "Context"
}

// signalsOf returns the set of signals that a variadic argument holds, and the
// key of the parameter it is handed through from, if it is.
func (b *builder) signalsOf(v ssa.Value) (Signals, string) {
	switch v := v.(type) {
	case *ssa.Const: // nil: none listed
		return allSignals, ""
	case *ssa.Slice:
		if array, ok := v.X.(*ssa.Alloc); ok {
			return b.elements(array), ""
		}
	case *ssa.UnOp:
		if global, ok := v.X.(*ssa.Global); ok {
			return b.signalSetOf(global), ""
		}
	case *ssa.Parameter:
		return unknownSignals, paramKey(b.id(v.Parent()), indexOf(v))
	case *ssa.FreeVar:
		if bound := bindingOf(v); bound != nil {
			return b.signalsOf(bound)
		}
	}
	return unknownSignals, ""
}

// elements adds up the signals that are stored in the array of a slice literal.
func (b *builder) elements(array *ssa.Alloc) Signals {
	var all Signals
	for _, user := range *array.Referrers() {
		element, ok := user.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, user := range *element.Referrers() {
			if store, ok := user.(*ssa.Store); ok {
				all |= b.signalOf(store.Val)
			}
		}
	}
	return all
}

// signalOf returns the signal that a value is.
func (b *builder) signalOf(v ssa.Value) Signals {
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return b.signalOf(v.X)
	case *ssa.ChangeInterface:
		return b.signalOf(v.X)
	case *ssa.ChangeType:
		return b.signalOf(v.X)
	case *ssa.Convert:
		return b.signalOf(v.X)
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.Int {
			number, _ := constant.Int64Val(v.Value)
			return signalSet(number)
		}
	case *ssa.UnOp:
		if global, ok := v.X.(*ssa.Global); ok {
			return b.signalSetOf(global)
		}
	}
	return unknownSignals
}

// signalSetOf returns what a package variable holds.
func (b *builder) signalSetOf(global *ssa.Global) Signals {
	switch global.String() {
	case "os.Interrupt":
		return signalSet(SIGINT)
	case "os.Kill":
		return signalSet(9)
	}
	if set, ok := b.sets[global.String()]; ok {
		return set
	}
	return unknownSignals
}

func sigsKey(s Signals) string { return fmt.Sprintf("%s%d", sigsPrefix, uint64(s)) }

// isSignalList reports whether a type is []os.Signal.
func isSignalList(t types.Type) bool {
	slice, ok := t.Underlying().(*types.Slice)
	return ok && slice.Elem().String() == signalType
}
