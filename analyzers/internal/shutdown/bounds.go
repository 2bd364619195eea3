package shutdown

import (
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/tools/go/ssa"
)

// Unlimited is the limit of a shutdown that nothing bounds.
const Unlimited = time.Duration(math.MaxInt64)

// A Bound says how long a shutdown may take.
type Bound struct {
	// Limit is the shortest of the deadlines that are constant, Unlimited if
	// there is none.
	Limit time.Duration
	// Refs are deadlines that are known from elsewhere: parameters, and fields,
	// variables and flags with a default.
	Refs []string
	// Open is true if there may be a shorter deadline that cannot be known.
	Open bool
	// Done is true if the context has ended before the call is made.
	Done bool
	// Made is the call that makes the context, if it is in the same function,
	// Literal the constant duration that it is given.
	Made, Literal Site
	// Arg is the argument of the call, Direct true if it is context.Background()
	// or context.TODO() itself.
	Arg    Site
	Direct bool
}

// boundOf returns the bound of a call that stops a server.
func (b *builder) boundOf(instr ssa.CallInstruction, s draining) *Bound {
	common := instr.Common()
	bound := &Bound{Limit: Unlimited}
	if i := max(s.context, s.duration) - 1; i >= 0 && i < len(common.Args) {
		arg := common.Args[i]
		if s.context > 0 {
			bound = b.contextBound(arg, maxKeyStep)
			bound.Done = bound.Done || b.hasEnded(arg, instr)
			bound.Direct = isDirect(arg)
		} else {
			b.limit(bound, arg)
		}
		if call := b.callAt(common.Pos()); call != nil {
			// Of a method, the receiver is the first argument here only.
			if at := i - (len(common.Args) - len(call.Args)); at >= 0 && at < len(call.Args) {
				bound.Arg = b.site(call.Args[at].Pos(), call.Args[at].End())
				if s.duration > 0 && bound.Limit != Unlimited {
					bound.Literal = bound.Arg
				}
			}
		}
	}
	return bound
}

// makesEndless reports whether a function is context.Background or context.TODO.
func makesEndless(fn *ssa.Function) bool {
	return fn != nil && fn.Pkg != nil && fn.Pkg.Pkg.Path() == contextPkg && (fn.Name() == "Background" || fn.Name() == "TODO")
}

// isDirect reports whether a value is such a context, written where it is used.
func isDirect(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	return ok && makesEndless(call.Common().StaticCallee())
}

// limit adds a deadline to a bound.
func (b *builder) limit(bound *Bound, v ssa.Value) {
	d, refs, known := b.duration(v, maxKeyStep)
	switch {
	case !known:
		bound.Open = true
	case len(refs) > 0:
		bound.Refs = append(bound.Refs, refs...)
	default:
		bound.Limit = min(bound.Limit, time.Duration(d))
	}
}

// contextBound returns the deadlines that a context has.
func (b *builder) contextBound(v ssa.Value, steps int) *Bound {
	open := &Bound{Limit: Unlimited, Open: true}
	if steps == 0 || v == nil {
		return open
	}
	switch v := v.(type) {
	case *ssa.Parameter:
		key := paramKey(b.id(v.Parent()), indexOf(v))
		return &Bound{Limit: Unlimited, Refs: []string{key}}
	case *ssa.FreeVar:
		return b.contextBound(bindingOf(v), steps-1)
	case *ssa.Extract:
		return b.contextBound(v.Tuple, steps-1)
	case *ssa.ChangeInterface:
		return b.contextBound(v.X, steps-1)
	case *ssa.MakeInterface:
		return b.contextBound(v.X, steps-1)
	case *ssa.UnOp:
		if stored := onlyStored(loaded(v)); stored != nil {
			return b.contextBound(stored, steps-1)
		}
		if variable := loaded(v); variable != nil {
			if stored := storedAnyway(variable); stored != nil {
				return b.contextBound(stored, steps-1)
			}
		}
	case *ssa.Call:
		return b.madeContext(v, steps)
	}
	return open
}

// storedAnyway is onlyStored for a variable that is a copy of another's value.
func storedAnyway(cell ssa.Value) ssa.Value {
	if captured, ok := cell.(*ssa.FreeVar); ok {
		return storedAnyway(bindingOf(captured))
	}
	alloc, ok := cell.(*ssa.Alloc)
	if !ok {
		return nil
	}
	var stored []ssa.Value
	for _, user := range *alloc.Referrers() {
		if store, ok := user.(*ssa.Store); ok && store.Addr == alloc {
			stored = append(stored, store.Val)
		}
	}
	if len(stored) != 1 {
		return nil
	}
	return stored[0]
}

// madeContext returns the deadlines of a context that a call makes.
func (b *builder) madeContext(call *ssa.Call, steps int) *Bound {
	common := call.Common()
	callee := common.StaticCallee()
	if makesEndless(callee) {
		return &Bound{Limit: Unlimited}
	}
	bound := &Bound{Limit: Unlimited, Open: true}
	if callee == nil || callee.Pkg == nil || len(common.Args) == 0 {
		return bound
	}
	name := callee.Name()
	switch callee.Pkg.Pkg.Path() {
	case contextPkg:
		switch {
		case name == "WithoutCancel":
			return &Bound{Limit: Unlimited}
		case strings.HasPrefix(name, "WithCancel"), name == "WithValue":
			return b.contextBound(common.Args[0], steps-1)
		case strings.HasPrefix(name, "WithTimeout"), strings.HasPrefix(name, "WithDeadline"):
			bound = b.contextBound(common.Args[0], steps-1)
			b.limitedAt(bound, call)
			return bound
		}
	case signalPkg:
		if name == notify {
			return b.contextBound(common.Args[0], steps-1)
		}
	case "golang.org/x/sync/errgroup":
		if name == "WithContext" {
			return b.contextBound(common.Args[0], steps-1)
		}
	}
	return bound
}

// limitedAt adds the deadline that a context gets at a call.
func (b *builder) limitedAt(bound *Bound, call *ssa.Call) {
	common := call.Common()
	when := common.Args[1]
	if strings.HasPrefix(common.StaticCallee().Name(), "WithDeadline") {
		if when = sinceNow(when); when == nil {
			bound.Open = true
			return
		}
	}
	before := bound.Limit
	b.limit(bound, when)
	bound.Made = b.callSite(call.Pos())
	if syntax := b.callAt(call.Pos()); syntax != nil && len(syntax.Args) > 1 && bound.Limit < before {
		if _, ok := when.(*ssa.Const); ok && when == common.Args[1] {
			bound.Literal = b.site(syntax.Args[1].Pos(), syntax.Args[1].End())
		}
	}
}

// sinceNow returns d if a point in time is time.Now().Add(d).
func sinceNow(v ssa.Value) ssa.Value {
	add, ok := v.(*ssa.Call)
	if !ok || add.Common().StaticCallee() == nil || add.Common().StaticCallee().String() != "(time.Time).Add" {
		return nil
	}
	now, ok := add.Common().Args[0].(*ssa.Call)
	if !ok || now.Common().StaticCallee() == nil || now.Common().StaticCallee().String() != "time.Now" {
		return nil
	}
	return add.Common().Args[1]
}

// duration returns what a number comes to, or where its default stands.
func (b *builder) duration(v ssa.Value, steps int) (n int64, refs []string, known bool) {
	if steps == 0 || v == nil {
		return 0, nil, false
	}
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.Int {
			n, known = constant.Int64Val(v.Value)
		}
		return n, nil, known
	case *ssa.Parameter:
		return 0, []string{paramKey(b.id(v.Parent()), indexOf(v))}, true
	case *ssa.FreeVar:
		return b.duration(bindingOf(v), steps-1)
	case *ssa.Convert:
		return b.duration(v.X, steps-1)
	case *ssa.ChangeType:
		return b.duration(v.X, steps-1)
	case *ssa.BinOp:
		return b.product(v, steps)
	case *ssa.UnOp:
		return b.loadedDuration(v, steps)
	case *ssa.Field:
		if key := fieldKey(v.X.Type(), v.Field); key != "" {
			return 0, []string{key}, true
		}
	case *ssa.Extract:
		if v.Index == 0 {
			return b.duration(v.Tuple, steps-1)
		}
	case *ssa.Call:
		if key := b.flagKey(v.Common()); key != "" {
			return 0, []string{key}, true
		}
	}
	return 0, nil, false
}

// product multiplies a number of units: time.Duration(seconds) * time.Second.
func (b *builder) product(v *ssa.BinOp, steps int) (int64, []string, bool) {
	if v.Op != token.MUL {
		return 0, nil, false
	}
	n, nRefs, nKnown := b.duration(v.X, steps-1)
	m, mRefs, mKnown := b.duration(v.Y, steps-1)
	switch {
	case !nKnown || !mKnown || len(nRefs)+len(mRefs) > 1:
		return 0, nil, false
	case len(nRefs) == 1:
		return 0, []string{times(m, nRefs[0])}, true
	case len(mRefs) == 1:
		return 0, []string{times(n, mRefs[0])}, true
	}
	return n * m, nil, true
}

// times writes a deadline that is a multiple of another.
func times(n int64, ref string) string { return strconv.FormatInt(n, 10) + "*" + ref }

func (b *builder) loadedDuration(v *ssa.UnOp, steps int) (int64, []string, bool) {
	if v.Op != token.MUL {
		return 0, nil, false
	}
	switch addr := v.X.(type) {
	case *ssa.FieldAddr:
		if key := fieldKey(addr.X.Type(), addr.Field); key != "" {
			return 0, []string{key}, true
		}
	case *ssa.Global:
		return 0, []string{globalSep + addr.String()}, true
	case *ssa.Alloc, *ssa.FreeVar:
		if stored := storedAnyway(addr); stored != nil {
			return b.duration(stored, steps-1)
		}
	case *ssa.Call: // what flag.Duration points to
		return b.duration(addr, steps-1)
	case *ssa.UnOp: // a variable that holds such a pointer
		if global, ok := addr.X.(*ssa.Global); ok {
			return 0, []string{globalSep + global.String()}, true
		}
		if stored := storedAnyway(addr.X); stored != nil {
			return b.duration(stored, steps-1)
		}
	}
	return 0, nil, false
}

// flagKey names the flag or setting that a call declares or asks for.
func (b *builder) flagKey(common *ssa.CallCommon) string {
	var fn *types.Func
	args := common.Args
	if common.IsInvoke() {
		fn = common.Method
	} else if callee := common.StaticCallee(); callee != nil {
		fn, _ = callee.Object().(*types.Func)
		if callee.Signature.Recv() != nil && len(args) > 0 {
			args = args[1:]
		}
	}
	if fn == nil || !slices.Contains(flagGetters, fn.Name()) || len(args) == 0 {
		return ""
	}
	name, ok := args[0].(*ssa.Const)
	if !ok || name.Value == nil || name.Value.Kind() != constant.String {
		return ""
	}
	return flagPrefix + constant.StringVal(name.Value)
}

// flagGetters are the names of functions that declare a flag and return a
// pointer to it, or that ask for the value of a flag or setting.
var flagGetters = []string{"Duration", "DurationP", "GetDuration"}

// sep separates what a deadline is written of.
const sep = "\x1f"

// encode writes a bound as text, as far as it matters to a callee.
func (b *Bound) encode() string {
	return strings.Join(append([]string{strconv.FormatInt(int64(b.Limit), 10), strconv.FormatBool(b.Open), strconv.FormatBool(b.Done)}, b.Refs...), sep)
}

func decode(text string) *Bound {
	parts := strings.Split(text, sep)
	if len(parts) < 3 {
		return &Bound{Limit: Unlimited, Open: true}
	}
	limit, _ := strconv.ParseInt(parts[0], 10, 64)
	return &Bound{Limit: time.Duration(limit), Open: parts[1] == "true", Done: parts[2] == "true", Refs: parts[3:]}
}

// timeKey is under which key the deadline of a parameter is known.
func timeKey(param string) string { return "time:" + param }

// resolveBound replaces what a bound refers to by what is known of it.
func (p *Program) resolveBound(b *Bound, env map[string]string) *Bound {
	resolved := *b
	resolved.Refs = nil
	for _, ref := range b.Refs {
		factor, key := int64(1), ref
		if number, rest, ok := strings.Cut(ref, "*"); ok {
			if n, err := strconv.ParseInt(number, 10, 64); err == nil {
				factor, key = n, rest
			}
		}
		if text, ok := env[timeKey(key)]; ok {
			given := decode(text)
			if given.Limit != Unlimited {
				resolved.Limit = min(resolved.Limit, given.Limit*time.Duration(factor))
			}
			resolved.Open, resolved.Done = resolved.Open || given.Open, resolved.Done || given.Done
		} else if value, ok := p.defaults[key]; ok {
			resolved.Limit = min(resolved.Limit, time.Duration(value*factor))
		} else {
			resolved.Open = true
		}
	}
	return &resolved
}
