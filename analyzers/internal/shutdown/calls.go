package shutdown

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// call notes what a call does, be it at once, in a goroutine or deferred.
func (b *builder) call(ops []Op, instr ssa.CallInstruction, mode Mode) []Op {
	common := instr.Common()
	if builtin, ok := common.Value.(*ssa.Builtin); ok {
		if builtin.Name() == "close" {
			ops = append(ops, Op{Kind: opDone, Mode: mode, Keys: []string{b.keyOf(common.Args[0])}})
		}
		return ops
	}
	if common.IsInvoke() {
		return b.invoke(ops, instr, mode)
	}
	callee := common.StaticCallee()
	if callee == nil {
		return b.dynamic(ops, common, mode)
	}
	fn, _ := callee.Object().(*types.Func)
	ops = b.drain(b.noteCall(ops, common, fn, mode), instr, fn, mode)
	if fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == signalPkg {
		return b.trap(ops, instr, fn.Name())
	}
	if a, ok := lookup(fn); ok {
		return b.arguments(b.apply(ops, instr, a, fn, mode), common, a)
	}
	if isDoneOfGroup(fn) {
		return append(ops, Op{Kind: opDone, Mode: mode, Keys: []string{b.keyOf(common.Args[0])}})
	}
	if b.owns(callee) {
		ops = append(ops, Op{Kind: opCall, Mode: mode, Func: b.id(callee), Args: b.argKeys(common.Args), Endless: b.endless(common.Args), Site: b.callSite(common.Pos()), instr: instr})
		return b.handOver(ops, common, b.id(callee))
	}
	return b.handedAway(b.escapes(b.givenAway(ops, common, fn), common, fn), common, mode)
}

// handedAway notes the function values among the arguments of a call of a
// dependency: if that runs in a goroutine, they do.
func (b *builder) handedAway(ops []Op, common *ssa.CallCommon, mode Mode) []Op {
	known := len(ops)
	ops = b.arguments(ops, common, api{})
	for i := known; mode == async && i < len(ops); i++ {
		if ops[i].Mode == plain {
			ops[i].Mode = async
		}
	}
	return ops
}

// noteCall notes a call that some rule asks for.
func (b *builder) noteCall(ops []Op, common *ssa.CallCommon, fn *types.Func, mode Mode) []Op {
	if !isNoted(fn) {
		return ops
	}
	return append(ops, Op{Kind: opNote, Mode: mode, Func: fn.Origin().FullName(), Site: b.callSite(common.Pos())})
}

// givenAway notes that a dependency is given a command, which it may run.
func (b *builder) givenAway(ops []Op, common *ssa.CallCommon, fn *types.Func) []Op {
	if fn != nil && fn.Pkg() != nil && strings.HasPrefix(fn.Pkg().Path(), cobraPkg) {
		return ops
	}
	if slices.ContainsFunc(common.Args, func(arg ssa.Value) bool { return isCommand(arg.Type()) }) {
		return append(ops, Op{Kind: opRun})
	}
	return ops
}

// isCommand reports whether values of a type are commands of cobra.
func isCommand(t types.Type) bool {
	named := namedOf(t)
	return named != nil && named.Obj().Name() == "Command" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == cobraPkg
}

func isDoneOfGroup(fn *types.Func) bool {
	return fn != nil && fn.FullName() == "(*sync.WaitGroup).Done"
}

// invoke notes a call through an interface.
func (b *builder) invoke(ops []Op, instr ssa.CallInstruction, mode Mode) []Op {
	common := instr.Common()
	ops = b.noteCall(ops, common, common.Method, mode)
	if a, ok := lookup(common.Method); ok {
		return b.arguments(b.apply(ops, instr, a, common.Method, mode), common, a)
	}
	if named := namedOf(common.Value.Type()); named == nil || named.Obj().Pkg() != nil && b.ownPath(named.Obj().Pkg().Path()) {
		ops = append(ops, Op{Kind: opInvoke, Mode: mode, Func: common.Method.Name(), Methods: methodNames(common.Value.Type()), Endless: b.endless(common.Args), Site: b.callSite(common.Pos())})
	}
	return b.arguments(b.escapes(ops, common, common.Method), common, api{})
}

// dynamic notes a call of a function value.
func (b *builder) dynamic(ops []Op, common *ssa.CallCommon, mode Mode) []Op {
	if t := common.Value.Type().String(); t == "context.CancelFunc" || t == "context.CancelCauseFunc" {
		return append(ops, Op{Kind: opDone, Mode: mode, Keys: []string{keyContext}})
	}
	if key := b.keyOf(common.Value); strings.HasPrefix(key, parmPrefix) || strings.HasPrefix(key, funcPrefix) {
		ops = append(ops, Op{Kind: opParam, Mode: mode, Keys: []string{key}, Site: b.callSite(common.Pos())})
	} else if global, ok := loaded(common.Value).(*ssa.Global); ok && global.Pkg != nil {
		// A dependency's function may be kept in a variable of its package.
		if a, ok := apisOf(global.Pkg.Pkg.Path())[global.Name()]; ok && a.traps {
			ops = append(ops, Op{Kind: opTrap, Signals: signalSet(SIGTERM) | signalSet(SIGINT), Text: global.Name(), Site: b.callSite(common.Pos())})
		}
	}
	return b.arguments(ops, common, api{})
}

func loaded(v ssa.Value) ssa.Value {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		return load.X
	}
	return nil
}

// apply notes what the table says about a call.
func (b *builder) apply(ops []Op, instr ssa.CallInstruction, a api, fn *types.Func, mode Mode) []Op {
	common := instr.Common()
	site := b.callSite(common.Pos())
	if a.hosted {
		ops = append(ops, Op{Kind: opHosted})
	}
	if a.runs {
		ops = append(ops, Op{Kind: opRun, instr: instr})
	}
	if a.joins {
		ops = append(ops, Op{Kind: opJoin, Mode: mode, Keys: []string{b.identity(common.Args[0])}, Text: b.callText(common.Pos()), instr: instr})
	}
	if a.traps {
		ops = append(ops, Op{Kind: opTrap, Signals: signalSet(SIGTERM) | signalSet(SIGINT), Text: fn.Name(), Site: site})
	}
	if a.signals > 0 {
		op := Op{Kind: opTrap, Text: fn.Name(), Site: site, Signals: unknownSignals}
		if i := a.signals - 1; i < len(common.Args) {
			op.Signals, op.Args = b.signalArgs(common.Args[i])
		}
		ops = append(ops, op)
	}
	if a.ending {
		ops = append(ops, Op{Kind: opWait, Mode: mode, Keys: []string{b.keyOf(common.Args[0])}})
	}
	if a.stop {
		ops = append(ops, Op{Kind: opStop, Mode: mode})
	}
	if a.sink || a.starts {
		ops = append(ops, b.serves(instr, a, fn, mode))
	}
	return ops
}

func (b *builder) signalArgs(v ssa.Value) (Signals, []string) {
	set, param := b.signalsOf(v)
	if param == "" {
		return set, nil
	}
	return set, []string{param}
}

// trap notes a call of package os/signal.
func (b *builder) trap(ops []Op, instr ssa.CallInstruction, name string) []Op {
	common := instr.Common()
	switch name {
	case "Notify", notify:
		op := Op{Kind: opTrap, Text: "signal." + name, Site: b.callSite(common.Pos())}
		op.Signals, op.Args = b.signalArgs(common.Args[1])
		if name == notify {
			call, ok := instr.(*ssa.Call)
			op.Unread = !ok || !resultUsed(call)
			if ok {
				op.Keys = []string{b.keyOf(call)}
			}
		} else {
			op.Keys = []string{b.keyOf(common.Args[0])}
			op.Unread = neverRead(common.Args[0])
		}
		return append(ops, op)
	case "Ignore":
		op := Op{Kind: opIgnore, Site: b.callSite(common.Pos())}
		op.Signals, _ = b.signalsOf(common.Args[0])
		return append(ops, op)
	}
	return ops
}

// resultUsed reports whether the first result of a call is used.
func resultUsed(call *ssa.Call) bool {
	for _, user := range *call.Referrers() {
		if extract, ok := user.(*ssa.Extract); ok && extract.Index == 0 && len(*extract.Referrers()) > 0 {
			return true
		}
	}
	return false
}

// neverRead reports whether a channel is made for a Notify and used for nothing
// else, so that the signal is swallowed.
func neverRead(v ssa.Value) bool {
	if change, ok := v.(*ssa.ChangeType); ok {
		v = change.X
	}
	channel, ok := v.(*ssa.MakeChan)
	if !ok {
		return false
	}
	for _, user := range *channel.Referrers() {
		switch user := user.(type) {
		case *ssa.ChangeType:
			for _, user := range *user.Referrers() {
				if call, ok := user.(ssa.CallInstruction); !ok || !callsSignal(call) {
					return false
				}
			}
		case ssa.CallInstruction:
			if !callsSignal(user) {
				return false
			}
		case *ssa.DebugRef:
		default:
			return false
		}
	}
	return true
}

func callsSignal(call ssa.CallInstruction) bool {
	callee := call.Common().StaticCallee()
	return callee != nil && callee.Pkg != nil && callee.Pkg.Pkg.Path() == signalPkg
}

// argKeys names the arguments of a call as far as waiting is concerned.
func (b *builder) argKeys(args []ssa.Value) []string {
	keys := make([]string, len(args))
	named := false
	for i, arg := range args {
		keys[i] = b.argKey(arg)
		named = named || keys[i] != ""
	}
	if !named {
		return nil
	}
	return keys
}

func (b *builder) argKey(arg ssa.Value) string {
	t := arg.Type()
	switch {
	case isSignalList(t):
		set, param := b.signalsOf(arg)
		if param != "" {
			return param
		}
		return sigsKey(set)
	case isContext(t):
		return b.keyOf(arg)
	}
	switch u := t.Underlying().(type) {
	case *types.Chan, *types.Signature:
		return b.keyOf(arg)
	case *types.Pointer:
		if u.Elem().String() == "sync.WaitGroup" {
			return b.keyOf(arg)
		}
	}
	if carriesServer(t) || fromServer(arg) {
		return b.identity(arg)
	}
	return ""
}

// endless reports whether a call is given a context that never ends.
func (b *builder) endless(args []ssa.Value) bool {
	for _, arg := range args {
		if isContext(arg.Type()) && b.keyOf(arg) == keyEndless {
			return true
		}
	}
	return false
}

// handOver notes the function values among the arguments of a call of a
// function of the main module: how they are called is seen there.
func (b *builder) handOver(ops []Op, common *ssa.CallCommon, callee string) []Op {
	for i, arg := range common.Args {
		if fn := functionValue(arg); fn != nil {
			ops = append(ops, b.reference(fn, arg, plain, callee, i))
		}
	}
	return ops
}

// arguments notes the function values among the arguments of any other call.
func (b *builder) arguments(ops []Op, common *ssa.CallCommon, a api) []Op {
	index := 0
	for _, arg := range common.Args {
		fn := functionValue(arg)
		if fn == nil {
			continue
		}
		mode := plain
		switch {
		case len(a.carries) > 0:
			mode = a.carries[min(index, len(a.carries)-1)]
		case isHandlerFunc(fn.Signature):
			mode = async
		}
		index++
		op := b.reference(fn, arg, mode, "", 0)
		if mode == joined && !common.IsInvoke() {
			op.Group = b.identity(common.Args[0])
		}
		ops = append(ops, op)
	}
	return ops
}

// reference notes a function value that something else calls. The method value
// of a server is as good as a call of it.
func (b *builder) reference(fn *ssa.Function, at ssa.Value, mode Mode, carrier string, index int) Op {
	obj, _ := fn.Object().(*types.Func)
	if a, ok := lookup(obj); ok && a.sink {
		text, site := b.valueSite(at)
		op := Op{Kind: opSink, Mode: mode, Worker: a.worker, Text: text, Site: site, Func: carrier, Index: index}
		s := servingOf(obj, a)
		op.Server, op.Closed, op.Value = s.kind, s.closed, true
		if server := boundReceiver(at); server != nil && s.server == 1 {
			op.Keys, op.Address, op.Side = []string{b.identity(server)}, b.addressOf(server), b.sideServer(server)
		}
		return op
	}
	if s, ok := inTable(drainings, obj); ok {
		text, site := b.valueSite(at)
		op := Op{Kind: opDrain, Mode: mode, Text: text, Site: site, Server: s.kind, Graceful: s.graceful, Value: true, Keys: []string{""}, Bound: &Bound{Limit: Unlimited, Open: s.context+s.duration > 0}}
		if server := boundReceiver(at); server != nil {
			op.Keys[0] = b.identity(server)
		}
		return op
	}
	if a, ok := lookup(obj); ok && a.runs {
		return Op{Kind: opRun}
	}
	if obj != nil && obj.Signature().Recv() != nil && types.IsInterface(obj.Signature().Recv().Type()) {
		return Op{Kind: opInvoke, Mode: mode, Func: obj.Name(), Methods: methodNames(obj.Signature().Recv().Type()), Site: b.site(at.Pos(), at.Pos())}
	}
	op := Op{Kind: opRef, Mode: mode, Func: b.refID(fn), Index: index}
	if carrier != "" {
		op.Args = []string{carrier}
	}
	return op
}

// functionValue returns the function that a value is, conversions aside.
func functionValue(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Function:
		return v
	case *ssa.MakeClosure:
		fn, _ := v.Fn.(*ssa.Function)
		return fn
	case *ssa.ChangeType:
		return functionValue(v.X)
	case *ssa.MakeInterface:
		return functionValue(v.X)
	case *ssa.UnOp:
		if stored := onlyStored(loaded(v)); stored != nil {
			return functionValue(stored)
		}
	}
	return nil
}

// onlyStored returns the one value that a local variable ever holds.
func onlyStored(cell ssa.Value) ssa.Value {
	if captured, ok := cell.(*ssa.FreeVar); ok {
		return onlyStored(bindingOf(captured))
	}
	alloc, ok := cell.(*ssa.Alloc)
	if !ok {
		return nil
	}
	var stored ssa.Value
	for _, user := range *alloc.Referrers() {
		if store, ok := user.(*ssa.Store); ok && store.Addr == alloc {
			if stored != nil {
				return nil
			}
			stored = store.Val
		}
	}
	if _, ok := stored.(*ssa.UnOp); ok {
		return nil // a copy of another variable: not worth following
	}
	return stored
}

func isHandlerFunc(s *types.Signature) bool {
	return s.Params().Len() == 2 && s.Params().At(0).Type().String() == "net/http.ResponseWriter"
}

// references notes the function values that an instruction other than a call
// puts somewhere.
func (b *builder) references(ops []Op, instr ssa.Instruction) []Op {
	switch instr := instr.(type) {
	case *ssa.MakeClosure, *ssa.ChangeType, *ssa.MakeInterface, *ssa.DebugRef:
		return ops // noted where the value goes
	case *ssa.UnOp:
		return ops
	case *ssa.Store:
		if onlyStored(instr.Addr) != nil {
			return ops
		}
		if field, ok := instr.Addr.(*ssa.FieldAddr); ok && isCommand(field.X.Type()) {
			if fn := functionValue(instr.Val); fn != nil {
				op := b.reference(fn, instr.Val, plain, "", 0)
				op.Command = true
				ops = append(ops, op)
			}
			return ops
		}
	}
	var operands [8]*ssa.Value
	for _, operand := range instr.Operands(operands[:0]) {
		if *operand == nil {
			continue
		}
		if fn := functionValue(*operand); fn != nil {
			mode := plain
			if isHandlerFunc(fn.Signature) {
				mode = async
			}
			ops = append(ops, b.reference(fn, *operand, mode, "", 0))
		}
	}
	return ops
}
