package misregisteredsignalhandler

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/judge"
)

// unread judges whether somebody looks at the channel or context of a
// registration.
func (c *checker) unread(r *registration) {
	if r.result {
		if call, ok := r.instr.(*ssa.Call); ok && !resultUsed(call) {
			what := "the context"
			if calleeText(r.syntax) == "worker.InterruptCh" {
				what = "the channel"
			}
			c.judge.Report(judge.Finding{
				Range: r.syntax, Message: "nobody waits for " + what + " of " + calleeText(r.syntax) + ", the signal is swallowed; wait for it",
				Detail: judge.Detail{Key: calleeText(r.syntax)},
			})
		}
		return
	}
	if r.channel == nil || r.listAt < 0 || c.swallows(r) || !c.stops(r) {
		return
	}
	if !c.received(r.channel) {
		c.judge.Report(judge.Finding{
			Range: r.syntax, Message: "nobody receives from " + c.name(r) + ", the signal is swallowed; receive from it, or use signal.Ignore if that is meant",
			Detail: judge.Detail{Key: c.name(r)},
		})
	}
}

// stops reports whether a registration includes a signal that asks the process
// to end. To swallow another, such as SIGPIPE, is a common trick.
func (c *checker) stops(r *registration) bool {
	if r.listAt >= len(r.syntax.Args) {
		return true // all signals
	}
	if r.syntax.Ellipsis.IsValid() {
		return false // not known
	}
	for _, arg := range r.syntax.Args[r.listAt:] {
		switch c.signal(arg) {
		case "SIGINT", "SIGTERM":
			return true
		}
	}
	return false
}

// resultUsed reports whether the first result of a call is used.
func resultUsed(call *ssa.Call) bool {
	if _, tuple := call.Type().(*types.Tuple); !tuple {
		return len(*call.Referrers()) > 0
	}
	for _, user := range *call.Referrers() {
		extract, ok := user.(*ssa.Extract)
		if !ok {
			return true
		}
		if extract.Index == 0 && len(*extract.Referrers()) > 0 {
			return true
		}
	}
	return false
}

// received reports whether anything may receive from a channel. It is false
// only if all that is done with it is in sight: it is made here, or kept in a
// variable or field that other packages do not see.
func (c *checker) received(channel ssa.Value) bool {
	for {
		change, ok := channel.(*ssa.ChangeType)
		if !ok {
			break
		}
		channel = change.X
	}
	switch v := channel.(type) {
	case *ssa.MakeChan:
		return c.used(v, maxSteps)
	case *ssa.UnOp:
		if v.Op != token.MUL {
			return true
		}
		if cell := cellOf(v.X); cell != nil {
			return c.cellUsed(cell, maxSteps)
		}
		if obj := objectAt(v.X); obj != nil && obj.Pkg() == c.pass.Pkg && !obj.Exported() {
			return c.objectUsed(obj)
		}
	}
	return true
}

// used reports whether more is done with a channel than to register it.
func (c *checker) used(v ssa.Value, steps int) bool {
	if steps == 0 {
		return true
	}
	for _, user := range *v.Referrers() {
		switch user := user.(type) {
		case *ssa.DebugRef:
		case *ssa.ChangeType:
			if c.used(user, steps-1) {
				return true
			}
		case *ssa.Store:
			if user.Addr == v || c.storeUsed(user, steps-1) {
				return true
			}
		case ssa.CallInstruction:
			if !registersOnly(user) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

func (c *checker) storeUsed(store *ssa.Store, steps int) bool {
	if cell := cellOf(store.Addr); cell != nil {
		return c.cellUsed(cell, steps)
	}
	obj := objectAt(store.Addr)
	return obj == nil || obj.Pkg() != c.pass.Pkg || obj.Exported() || c.objectUsed(obj)
}

// cellUsed is used for what a local variable holds.
func (c *checker) cellUsed(cell *ssa.Alloc, steps int) bool {
	for _, use := range usesOf(cell) {
		switch use := use.(type) {
		case *ssa.DebugRef:
		case *ssa.Store: // of what is looked at, or of another channel
		case *ssa.UnOp:
			if c.used(use, steps-1) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// objectUsed is used for what a package variable or field holds. The syntax
// tells: an instruction may copy the whole struct.
func (c *checker) objectUsed(obj types.Object) bool {
	for _, fn := range c.functions {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				switch instr := instr.(type) {
				case *ssa.UnOp:
					if objectAt(instr.X) == obj && c.used(instr, maxSteps) {
						return true
					}
				case *ssa.Field:
					if f := fieldOf(instr.X.Type(), instr.Field); f != nil && types.Object(f) == obj && c.used(instr, maxSteps) {
						return true
					}
				case *ssa.FieldAddr:
					if objectAt(instr) == obj && escapes(instr) {
						return true
					}
				}
			}
		}
	}
	return false
}

// escapes reports whether an address is used for more than loads and stores.
func escapes(addr ssa.Value) bool {
	for _, user := range *addr.Referrers() {
		switch user := user.(type) {
		case *ssa.DebugRef, *ssa.UnOp:
		case *ssa.Store:
			if user.Addr != addr {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// registersOnly reports whether a call does with a channel no more than to
// register it or to close it.
func registersOnly(call ssa.CallInstruction) bool {
	switch callee := call.Common().Value.(type) {
	case *ssa.Builtin:
		return callee.Name() == "close"
	case *ssa.Function:
		return callee.Pkg != nil && callee.Pkg.Pkg.Path() == "os/signal"
	}
	return false
}

// signal names the signal that an expression is, "" if that is not known.
func (c *checker) signal(e ast.Expr) string { return signalOf(c.pass.TypesInfo, e) }
