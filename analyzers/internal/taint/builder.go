package taint

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// maxHops bounds how far a builder is followed to the call that writes it.
const maxHops = 16

// A chase follows a built attribute, entry, event or logger to a call that
// writes it.
type chase struct {
	*Package
	seen map[ssa.Value]bool
}

// writtenLater reports whether what a call makes is used by a call that writes a
// line, or leaves the function.
func (p *Package) writtenLater(call ssa.CallInstruction) bool {
	v, ok := call.(*ssa.Call)
	if !ok {
		return true // deferred, or on its own
	}
	c := &chase{p, make(map[ssa.Value]bool)}
	return c.used(v, 0) || c.changes(v)
}

// changes reports whether a call adds to an event that is written later,
// although its result is dropped.
func (c *chase) changes(call *ssa.Call) bool {
	obj, _ := c.callee(call)
	if obj == nil {
		return false
	}
	f, ok := c.lookup(obj)
	args := c.actuals(call)
	if !ok || f.Library != "zerolog" || len(args) == 0 || len(*call.Referrers()) > 0 {
		return false
	}
	if _, pointer := args[0].Type().Underlying().(*types.Pointer); !pointer || args[0].Referrers() == nil {
		return false
	}
	for _, user := range *args[0].Referrers() {
		if user != call && before(call, user) && c.usedBy(args[0], user, 0) {
			return true
		}
	}
	return false
}

// used reports whether a value ends in a line of the log.
func (c *chase) used(v ssa.Value, hops int) bool {
	if hops > maxHops {
		return true
	}
	if c.seen[v] || v.Referrers() == nil {
		return false
	}
	c.seen[v] = true
	for _, user := range *v.Referrers() {
		if c.usedBy(v, user, hops) {
			return true
		}
	}
	return false
}

func (c *chase) usedBy(v ssa.Value, user ssa.Instruction, hops int) bool {
	switch user := user.(type) {
	case *ssa.Store:
		if user.Addr == v {
			return false
		}
		return c.storedIn(user, hops)
	case *ssa.MapUpdate:
		if user.Map == v {
			return false
		}
		root, _ := c.resolve(user.Map)
		return c.usedAfter(root, user, hops)
	case ssa.CallInstruction:
		return c.givenTo(v, user, hops)
	case *ssa.BinOp, *ssa.If, *ssa.Panic:
		return false
	case ssa.Value: // in another form, or a part of it
		return c.used(user, hops+1)
	}
	return true // returned, sent
}

// storedIn follows what is stored to the reads of the variable, array or slice.
func (c *chase) storedIn(store *ssa.Store, hops int) bool {
	root, _ := c.resolve(store.Addr)
	if _, local := root.(*ssa.Alloc); !local {
		if _, made := root.(*ssa.MakeSlice); !made {
			return true
		}
	}
	return c.usedAfter(root, store, hops)
}

// usedAfter reports whether what holds the value is used by a call that writes a
// line after it was put there.
func (c *chase) usedAfter(root ssa.Value, since ssa.Instruction, hops int) bool {
	if root.Referrers() == nil || root.Parent() == nil {
		return true
	}
	if root.Parent() != since.Parent() {
		return true
	}
	for _, user := range *root.Referrers() {
		if user == since {
			continue
		}
		if store, ok := user.(*ssa.Store); ok && store.Addr == root {
			continue
		}
		if v, ok := user.(ssa.Value); ok && !before(since, user) && !c.leadsBehind(v, since) {
			continue
		}
		if !c.seenUser(root, user) && c.usedBy(root, user, hops+1) {
			return true
		}
	}
	return false
}

func (c *chase) seenUser(root ssa.Value, user ssa.Instruction) bool {
	v, ok := user.(ssa.Value)
	return ok && c.seen[v]
}

// leadsBehind reports whether a reference that was taken earlier is used later.
func (c *chase) leadsBehind(v ssa.Value, since ssa.Instruction) bool {
	if v.Referrers() == nil {
		return false
	}
	for _, user := range *v.Referrers() {
		if before(since, user) {
			return true
		}
	}
	return false
}

// givenTo follows a call that an attribute or logger takes part in.
func (c *chase) givenTo(v ssa.Value, call ssa.CallInstruction, hops int) bool {
	log, ok := c.logCall(call)
	if ok && log.Func.Kind == logapi.Sink {
		return !c.discarded(call)
	}
	made, isCall := call.(*ssa.Call)
	if !isCall {
		return true
	}
	if builtin, isBuiltin := call.Common().Value.(*ssa.Builtin); isBuiltin && builtin.Name() != "append" {
		return false
	}
	if tuple, several := made.Type().(*types.Tuple); several && tuple.Len() == 0 {
		return true
	}
	if !ok && len(*made.Referrers()) == 0 {
		return true
	}
	return c.used(made, hops+1) || ok && c.changes(made)
}

// discarded reports whether a call logs to a logger that drops everything.
func (p *Package) discarded(call ssa.CallInstruction) bool {
	obj, _ := p.callee(call)
	if obj == nil || obj.Signature().Recv() == nil {
		return false
	}
	args := p.actuals(call)
	return len(args) > 0 && p.discards(args[0], call, 0)
}

// discards reports whether a logger, handler or writer drops what it gets.
func (p *Package) discards(v ssa.Value, at ssa.Instruction, hops int) bool {
	if hops > maxHops {
		return false
	}
	switch v := v.(type) {
	case *ssa.Call:
		if p.silenced(v) {
			return true
		}
		return p.makesNothing(v, hops)
	case *ssa.Extract:
		return p.discards(v.Tuple, at, hops+1)
	case *ssa.MakeInterface:
		return p.discards(v.X, at, hops+1)
	case *ssa.ChangeInterface:
		return p.discards(v.X, at, hops+1)
	case *ssa.Phi:
		for _, edge := range v.Edges {
			if !p.discards(edge, at, hops+4) {
				return false
			}
		}
		return true
	case *ssa.UnOp:
		return p.readDiscards(v, at, hops)
	case *ssa.Alloc:
		return p.onlyDiscards(v, v, "", hops)
	}
	return false
}

func (p *Package) readDiscards(v *ssa.UnOp, at ssa.Instruction, hops int) bool {
	root, to := p.resolve(v.X)
	if global, ok := root.(*ssa.Global); ok {
		if title := global.Pkg.Pkg.Path() + "." + global.Name(); title == "io.Discard" || title == "log/slog.DiscardHandler" {
			return true
		}
		if global.Pkg != p.ssa || global.Object() == nil || global.Object().Exported() {
			return false
		}
	}
	return p.onlyDiscards(root, v, to, hops)
}

// onlyDiscards reports whether a variable only ever holds loggers that drop
// everything.
func (p *Package) onlyDiscards(root, v ssa.Value, to path, hops int) bool {
	any := false
	for _, u := range p.unitsOf(root, v) {
		h := p.history(u, root)
		if h == nil {
			continue
		}
		for i := range h.all {
			if e := &h.all[i]; e.kind == stored && e.to == to {
				if !p.discards(e.value, e.instr, hops+1) {
					return false
				}
				any = true
			}
		}
	}
	return any
}

func (p *Package) unitsOf(root, v ssa.Value) []*unit {
	if _, global := root.(*ssa.Global); global {
		return p.order
	}
	if u := p.unitOf(v.Parent()); u != nil {
		return []*unit{u}
	}
	return nil
}

// silenced recognises l.SetOutput(io.Discard).
func (p *Package) silenced(logger ssa.Value) bool {
	for _, user := range *logger.Referrers() {
		call, ok := user.(ssa.CallInstruction)
		if !ok {
			continue
		}
		obj, _ := p.callee(call)
		if args := p.actuals(call); obj != nil && obj.Name() == "SetOutput" && len(args) == 2 && args[0] == logger && p.discards(args[1], user, 0) {
			return true
		}
	}
	return false
}

// makesNothing recognises constructors of loggers and handlers that write
// nothing, and loggers derived from such.
func (p *Package) makesNothing(call *ssa.Call, hops int) bool {
	obj, _ := p.callee(call)
	if obj == nil {
		return false
	}
	title := calleeOf(obj).title
	args := p.actuals(call)
	switch {
	case nothing[title]:
		return true
	case handing[title] && len(args) > 0:
		return p.discards(args[0], call, hops+1)
	}
	if f, ok := p.lookup(obj); ok && f.Kind != logapi.Builder && len(args) > 0 && (obj.Signature().Recv() != nil || len(f.Roles) > 0 && f.Roles[0] == logapi.Other) {
		return p.discards(args[0], call, hops+1)
	}
	return false
}

var (
	nothing = wordSet(`github.com/rs/zerolog.Nop go.uber.org/zap.NewNop github.com/go-logr/logr.Discard
		github.com/hashicorp/go-hclog.NewNullLogger github.com/go-kit/log.NewNopLogger github.com/go-kit/kit/log.NewNopLogger
		go.uber.org/zap/zaptest.NewLogger github.com/go-logr/logr/testr.New go.uber.org/zap/zapcore.NewNopCore`)

	// handing constructors write where their first argument does.
	handing = wordSet(`log.New log/slog.New log/slog.NewTextHandler log/slog.NewJSONHandler github.com/rs/zerolog.New
		github.com/go-kit/log.NewLogfmtLogger github.com/go-kit/log.NewJSONLogger github.com/go-kit/kit/log.NewLogfmtLogger
		github.com/go-kit/kit/log.NewJSONLogger github.com/charmbracelet/log.New go.uber.org/zap.New`)
)
