package shutdown

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// An Outcome is where control goes behind a call of which the error is known,
// as far as the error decides.
type Outcome struct {
	// Never are the edges that are not taken: blocks, and which of their
	// successors.
	Never []Edge
	// Doubt are the blocks that branch on the error in a way that is not seen
	// through.
	Doubt []int
	// Passes are the blocks that return the error, wrapped or not.
	Passes []int
}

// An Edge leads from a block to its successor with an index.
type Edge struct{ Block, Succ int }

// An assumed is what the error of a call is taken to be.
type assumed uint8

const (
	isNil    assumed = iota
	isClosed         // http.ErrServerClosed
	isSignal         // what run.SignalHandler returns for a signal
)

// closedErrors are the variables that compare equal to an assumed error.
var closedErrors = map[string]assumed{
	"net/http.ErrServerClosed":       isClosed,
	"github.com/oklog/run.ErrSignal": isSignal,
}

// outcome follows the error of a call through its function.
func outcome(call *ssa.Call, as assumed) *Outcome {
	e := &errorTrace{call: call, as: as, err: errorOf(call), known: make(map[ssa.Value]truth)}
	if e.err == nil {
		return nil
	}
	o := &Outcome{}
	for _, block := range call.Parent().Blocks {
		switch last := block.Instrs[len(block.Instrs)-1].(type) {
		case *ssa.If:
			switch e.holds(last.Cond, maxKeyStep) {
			case isTrue:
				o.Never = append(o.Never, Edge{block.Index, 1})
			case isFalse:
				o.Never = append(o.Never, Edge{block.Index, 0})
			case inDoubt:
				o.Doubt = append(o.Doubt, block.Index)
			}
		case *ssa.Return:
			if n := len(last.Results); n > 0 && e.isError(returned(last, n-1), maxKeyStep) {
				o.Passes = append(o.Passes, block.Index)
			}
		}
	}
	return o
}

// errorOf returns the error that a call returns, nil if nobody looks at it.
func errorOf(call *ssa.Call) ssa.Value {
	if isErrorType(call.Type()) {
		if len(*call.Referrers()) == 0 {
			return nil
		}
		return call
	}
	tuple, ok := call.Type().(*types.Tuple)
	if !ok || tuple.Len() == 0 || !isErrorType(tuple.At(tuple.Len()-1).Type()) {
		return nil
	}
	for _, user := range *call.Referrers() {
		if extract, ok := user.(*ssa.Extract); ok && extract.Index == tuple.Len()-1 {
			return extract
		}
	}
	return nil
}

func isErrorType(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

type truth uint8

const (
	isFree  truth = iota // does not depend on the error
	isTrue               // holds
	isFalse              // does not
	inDoubt              // depends on the error, but how is not seen
)

func (t truth) not() truth {
	switch t {
	case isTrue:
		return isFalse
	case isFalse:
		return isTrue
	}
	return t
}

func truthOf(holds bool) truth {
	if holds {
		return isTrue
	}
	return isFalse
}

// An errorTrace follows one error through a function.
type errorTrace struct {
	call  *ssa.Call
	as    assumed
	err   ssa.Value
	known map[ssa.Value]truth // memo of holds
}

// holds says whether a condition holds for the error.
func (e *errorTrace) holds(cond ssa.Value, steps int) truth {
	if t, ok := e.known[cond]; ok {
		return t
	}
	e.known[cond] = isFree
	t := e.decide(cond, steps)
	e.known[cond] = t
	return t
}

func (e *errorTrace) decide(cond ssa.Value, steps int) truth {
	if steps == 0 {
		return isFree
	}
	switch cond := cond.(type) {
	case *ssa.UnOp:
		if cond.Op == token.NOT {
			return e.holds(cond.X, steps-1).not()
		}
	case *ssa.BinOp:
		return e.compare(cond, steps)
	case *ssa.Call:
		return e.test(cond, steps)
	}
	if e.dependsOn(cond, steps) {
		return inDoubt
	}
	return isFree
}

// compare decides err == x and err != x.
func (e *errorTrace) compare(cond *ssa.BinOp, steps int) truth {
	x, y := cond.X, cond.Y
	if e.isError(y, steps) {
		x, y = y, x
	}
	if !e.isError(x, steps) || cond.Op != token.EQL && cond.Op != token.NEQ {
		if e.dependsOn(cond.X, steps) || e.dependsOn(cond.Y, steps) {
			return inDoubt
		}
		return isFree
	}
	equal := e.equals(y)
	if cond.Op == token.NEQ {
		return equal.not()
	}
	return equal
}

// equals decides whether the error is what another value holds: nil or a
// variable for errors.
func (e *errorTrace) equals(v ssa.Value) truth {
	if c, ok := v.(*ssa.Const); ok && c.IsNil() {
		return truthOf(e.as == isNil)
	}
	global, ok := loaded(v).(*ssa.Global)
	if !ok {
		return inDoubt
	}
	as, known := closedErrors[global.String()]
	return truthOf(known && as == e.as)
}

// test decides errors.Is and errors.As.
func (e *errorTrace) test(call *ssa.Call, steps int) truth {
	args := call.Common().Args
	if !slices.ContainsFunc(args, func(arg ssa.Value) bool { return e.isError(arg, steps) || e.dependsOn(arg, steps) }) {
		return isFree
	}
	callee := call.Common().StaticCallee()
	if callee == nil || len(args) != 2 || !e.isError(args[0], steps) {
		return inDoubt
	}
	switch {
	case callee.Name() == "Is" && isErrorsPackage(callee):
		return e.equals(args[1])
	case callee.Name() == "As" && isErrorsPackage(callee):
		if e.as == isNil {
			return isFalse
		}
		if e.as == isSignal {
			return isTrue
		}
	}
	return inDoubt
}

func isErrorsPackage(fn *ssa.Function) bool {
	return fn.Pkg != nil && (fn.Pkg.Pkg.Path() == "errors" || fn.Pkg.Pkg.Path() == "github.com/pkg/errors")
}

// isError reports whether a value is the error, or wraps it.
func (e *errorTrace) isError(v ssa.Value, steps int) bool {
	if v == e.err {
		return true
	}
	if steps == 0 {
		return false
	}
	switch v := v.(type) {
	case *ssa.Phi:
		return slices.ContainsFunc(v.Edges, func(edge ssa.Value) bool { return e.isError(edge, steps/2) })
	case *ssa.MakeInterface:
		return e.isError(v.X, steps-1)
	case *ssa.ChangeInterface:
		return e.isError(v.X, steps-1)
	case *ssa.UnOp:
		return e.loads(v)
	case *ssa.Call:
		return wraps(v) && slices.ContainsFunc(v.Common().Args, func(arg ssa.Value) bool { return e.isError(arg, steps-1) || e.isListed(arg, steps-1) })
	}
	return false
}

// loads reports whether a variable holds the error when it is read: the error is
// stored in it, and nothing else between the two.
func (e *errorTrace) loads(load *ssa.UnOp) bool {
	cell, ok := loaded(load).(*ssa.Alloc)
	if !ok {
		return false
	}
	var own *ssa.Store
	for _, user := range *cell.Referrers() {
		if store, ok := user.(*ssa.Store); ok && store.Val == e.err {
			own = store
		}
	}
	if own == nil {
		return false
	}
	for _, user := range *cell.Referrers() {
		store, ok := user.(*ssa.Store)
		if ok && store != own && store.Block() != own.Block() && own.Block().Dominates(store.Block()) && store.Block().Dominates(load.Block()) {
			return false
		}
		if ok && store != own && store.Block() == load.Block() && store.Block() != own.Block() {
			return false
		}
	}
	return own.Block().Dominates(load.Block())
}

// wraps reports whether a call makes an error of an error.
func wraps(call *ssa.Call) bool {
	callee := call.Common().StaticCallee()
	if callee == nil || callee.Pkg == nil || !isErrorType(call.Type()) {
		return false
	}
	switch callee.Pkg.Pkg.Path() {
	case "fmt":
		return callee.Name() == "Errorf"
	case "github.com/pkg/errors", "github.com/cockroachdb/errors":
		return len(callee.Name()) >= 4 && callee.Name()[:4] == "Wrap" || callee.Name() == "WithStack" || callee.Name() == "WithMessage"
	}
	return false
}

// isListed reports whether a variadic argument holds the error.
func (e *errorTrace) isListed(v ssa.Value, steps int) bool {
	slice, ok := v.(*ssa.Slice)
	if !ok {
		return false
	}
	array, ok := slice.X.(*ssa.Alloc)
	if !ok {
		return false
	}
	for _, user := range *array.Referrers() {
		element, ok := user.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, user := range *element.Referrers() {
			if store, ok := user.(*ssa.Store); ok && e.isError(store.Val, steps) {
				return true
			}
		}
	}
	return false
}

// dependsOn reports whether a value is made of the error.
func (e *errorTrace) dependsOn(v ssa.Value, steps int) bool {
	if v == nil || steps <= 0 {
		return false
	}
	if e.isError(v, steps) {
		return true
	}
	instr, ok := v.(ssa.Instruction)
	if !ok {
		return false
	}
	switch instr.(type) {
	case *ssa.Alloc, *ssa.MakeClosure:
		return false
	}
	var operands [8]*ssa.Value
	for _, operand := range instr.Operands(operands[:0]) {
		if *operand != nil && e.dependsOn(*operand, steps/2) {
			return true
		}
	}
	return false
}

// leads reports whether an operation serves, stops a server or waits for a
// group, by itself or by what it calls.
func (b *builder) leads(op *Op) bool {
	switch op.Kind {
	case opSink:
		return !op.Loop
	case opDrain, opJoin, opRun:
		return true
	case opCall:
		f := b.funcOf(op.Func)
		return f != nil && f.Leads
	}
	return false
}

func (b *builder) funcOf(id string) *Func { return cmp.Or(b.funcs[id], b.others[id]) }

// markLeading finds the functions that lead to serving and stopping.
func (b *builder) markLeading() {
	for changed := true; changed; {
		changed = false
		for _, f := range b.order {
			if !f.Leads && f.any(b.leads) {
				f.Leads, changed = true, true
			}
			if !f.Stops && f.any(b.stops) {
				f.Stops, changed = true, true
			}
		}
	}
}

func (b *builder) stops(op *Op) bool {
	switch op.Kind {
	case opDrain:
		return true
	case opCall, opRef:
		f := b.funcOf(op.Func)
		return f != nil && f.Stops
	}
	return false
}

// addOutcomes adds to the operations that lead to serving and stopping where
// control goes behind them, and to calls of what stops a server the deadlines
// that it is given.
func (b *builder) addOutcomes() {
	for _, f := range b.order {
		f.any(func(op *Op) bool {
			if call, ok := op.instr.(*ssa.Call); ok && b.leads(op) {
				b.addOutcome(op, call)
			}
			if op.Kind == opCall && op.instr != nil && b.stops(op) {
				op.Times = b.times(op.instr)
			}
			op.instr = nil
			return false
		})
	}
}

func (b *builder) addOutcome(op *Op, call *ssa.Call) {
	if op.Kind != opSink || !op.Closed {
		op.Nil = outcome(call, isNil)
	}
	if op.Kind == opSink && op.Closed || op.Kind == opCall || op.Kind == opJoin || op.Kind == opRun {
		op.Closing = outcome(call, isClosed)
	}
	if op.Kind == opJoin && strings.HasSuffix(op.Text, ".Run") {
		op.Signal = outcome(call, isSignal)
	}
}

// times writes the deadlines of the arguments of a call.
func (b *builder) times(instr ssa.CallInstruction) []string {
	args := instr.Common().Args
	list := make([]string, len(args))
	for i, arg := range args {
		switch {
		case isContext(arg.Type()):
			bound := b.contextBound(arg, maxKeyStep)
			bound.Done = bound.Done || b.hasEnded(arg, instr)
			list[i] = bound.encode()
		case isDuration(arg.Type()):
			bound := &Bound{Limit: Unlimited}
			b.limit(bound, arg)
			list[i] = bound.encode()
		}
	}
	return list
}

// returnsNil reports whether the error that a function returns is nil.
func returnsNil(end *ssa.Return) bool {
	n := len(end.Results)
	if n == 0 {
		return false
	}
	c, ok := returned(end, n-1).(*ssa.Const)
	return ok && c.IsNil() && isErrorType(c.Type())
}

// returned is what a function returns: where something is deferred, the result is
// stored in a variable right before and read again.
func returned(end *ssa.Return, index int) ssa.Value {
	load, ok := end.Results[index].(*ssa.UnOp)
	if !ok || loaded(load) == nil {
		return end.Results[index]
	}
	value := end.Results[index]
	for _, instr := range end.Block().Instrs {
		if store, ok := instr.(*ssa.Store); ok && store.Addr == load.X {
			value = store.Val
		}
	}
	return value
}
