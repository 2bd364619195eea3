package taint

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

func resultType(t types.Type, result int) types.Type {
	tuple, several := t.(*types.Tuple)
	switch {
	case several && result < tuple.Len():
		return tuple.At(result).Type()
	case several || result > 0:
		return nil
	}
	return t
}

// result judges what a path leads to in one result of a call.
func (p *Package) result(call *ssa.Call, n int, to path) value {
	t := resultType(call.Type(), n)
	if t == nil || !sensitive.Carries(t) {
		return harmless
	}
	return p.memoize(key{kind: askResult, v: call, to: to, n: n}, func() value { return p.resultOf(call, n, to) })
}

func (p *Package) resultOf(call *ssa.Call, n int, to path) value {
	if builtin, ok := call.Call.Value.(*ssa.Builtin); ok {
		switch builtin.Name() {
		case "append", "min", "max":
			result := harmless
			for _, arg := range call.Call.Args {
				result = result.join(p.holds(arg, to, call))
			}
			return result
		}
		return harmless
	}
	obj, fn := p.callee(call)
	if fn != nil {
		return p.byBody(call, obj, fn, n, to)
	}
	if obj == nil {
		return unknown
	}
	if flow := p.flow(obj); flow != nil {
		return p.byFlow(call, obj, flow, n, to)
	}
	if to != "" {
		if to.items() {
			return p.outside(call, obj, n)
		}
		return unknown
	}
	return p.outside(call, obj, n)
}

// outside judges a call of a function whose body is not visible: sources,
// functions that pass their arguments on, and those that hide them.
func (p *Package) outside(call *ssa.Call, obj *types.Func, n int) value {
	c := calleeOf(obj)
	e, _ := find[*ast.CallExpr](p.syntax, call.Pos())
	if from, ok := sensitive.Origin(c.path, c.recv, c.name); ok {
		return p.read(from, call, e, n)
	}
	if f, ok := formatters[c.title]; ok {
		if n > 0 {
			return harmless
		}
		return p.formatted(f, call, e)
	}
	if f, ok := logapi.Lookup(obj); ok {
		if f.Kind == logapi.Builder {
			return p.formatted(f, call, e)
		}
		return unknown
	}
	switch {
	case repeating[c.title]:
		return p.joined(call.Call.Args, call)
	case c.digests() || c.name == "Cut" && cutAt(call, n):
		return harmless
	case c.name == "ReadAll" && (c.path == "io" || c.path == "io/ioutil"):
		return p.readAll(call, e, n)
	case c.path == "strings" && (c.name == "Replace" || c.name == "ReplaceAll") && len(call.Call.Args) > 2:
		return p.replaced(call)
	case passing[c.path]:
		return p.passedOn(call, n)
	}
	return p.opaque(call, obj, e, n)
}

func (p *Package) joined(list []ssa.Value, at ssa.Instruction) value {
	result := harmless
	for _, v := range list {
		result = result.join(p.eval(v, at))
	}
	return result
}

// passedOn joins receiver and arguments of a function of the standard library
// whose result is made of them.
func (p *Package) passedOn(call *ssa.Call, n int) value {
	if n > 0 && types.Identical(resultType(call.Type(), n), types.Universe.Lookup("error").Type()) {
		return harmless
	}
	result := p.joined(arguments(call), call)
	if e, ok := find[*ast.CallExpr](p.syntax, call.Pos()); ok && result.tainted() {
		result = result.stepped(e.Pos(), e.End(), "passes "+spell(e.Fun))
	}
	return result
}

// readAll judges io.ReadAll: what somebody sent as the body of a request is
// personal, for those who say so.
func (p *Package) readAll(call *ssa.Call, e *ast.CallExpr, n int) value {
	result := p.passedOn(call, n)
	body, _ := concrete(call.Call.Args[0])
	load, ok := body.(*ssa.UnOp)
	if !Bodies || !ok || n > 0 || e == nil || result.sources[Personal] != nil {
		return result
	}
	if addr, ok := load.X.(*ssa.FieldAddr); ok && sensitive.IsBody(owner(addr.X), addr.Field) {
		result.sources[Personal] = &Source{Kind: sensitive.Typed, Text: "body of the request", span: at(e).span, node: e}
	}
	return result
}

// replaced judges strings.Replace(All): harmless if the secret itself is what
// is replaced.
func (p *Package) replaced(call *ssa.Call) value {
	args := call.Call.Args
	result := p.eval(args[0], call).join(p.eval(args[2], call))
	for t, s := range p.eval(args[1], call).sources {
		if s != nil && result.sources[t] != nil && result.sources[t].Text == s.Text {
			return harmless
		}
	}
	return result
}

// opaque judges a call of a function of which nothing is known.
func (p *Package) opaque(call *ssa.Call, obj *types.Func, e *ast.CallExpr, n int) value {
	if sanitizes(obj.Name()) {
		return harmless
	}
	if name, ok := kingpinFlag(call, obj); ok {
		return p.flagNamed(name, e)
	}
	args := arguments(call)
	method := obj.Signature().Recv() != nil
	if method && len(args) == 1 && (obj.Name() == "String" || obj.Name() == "Error") {
		return p.spelt(args[0], call, e)
	}
	var result value
	if call.Call.IsInvoke() {
		result.sources = p.implemented(call, obj, n)
	}
	if e == nil {
		return result
	}
	return p.named(result, spell(e), func(vocabulary *sensitive.Vocabulary) bool { return yields(vocabulary, obj, n) }, at(e))
}

// implemented returns what the methods that implement one of the user's
// interfaces are a source of by themselves.
func (p *Package) implemented(call *ssa.Call, method *types.Func, n int) (sources [topics]*Source) {
	if method.Pkg() == nil || !p.own(method.Pkg()) {
		return sources
	}
	result := value{}
	if flow := p.interfaceFlow(method); flow != nil && n < len(flow.Results) {
		result = p.inPlace(&Result{Sources: flow.Results[n].Sources}, call, nil)
	}
	for _, obj := range p.implementations(method) {
		if flow := p.flow(obj); flow != nil && n < len(flow.Results) && flow.Results[n].Params == 0 {
			result = result.join(p.inPlace(&Result{Sources: flow.Results[n].Sources}, call, nil))
		}
		result = result.join(value{sources: p.madeBy(obj, n)})
	}
	return result.sources
}

// spelt judges x.String() and x.Error(): the text of what is text already or of
// a protobuf message; other types are trusted to say what they want.
func (p *Package) spelt(recv ssa.Value, call *ssa.Call, e *ast.CallExpr) value {
	t := recv.Type()
	if p.walker[Secrets].IsMessage(t) && e != nil {
		on := logapi.Receiver(p.pass.TypesInfo, e)
		if on != nil {
			return p.shown(logapi.Argument{Expr: on, Role: logapi.Value, Class: logapi.Plain}, recv, call)
		}
	}
	v := p.eval(recv, call)
	for topic, s := range v.sources {
		if s != nil && !s.Whole && !p.walker[topic].Shows(t, logapi.Plain) {
			return harmless
		}
	}
	return v
}

// formatted joins what the arguments of a formatting call show.
func (p *Package) formatted(f *logapi.Func, call ssa.CallInstruction, e *ast.CallExpr) value {
	if e == nil {
		return p.joined(arguments(call), call)
	}
	result := harmless
	for _, arg := range (&logapi.Call{Func: f, Expr: e}).Arguments(p.pass.TypesInfo) {
		v, ok := p.actual(call, e, arg.Expr)
		if !ok {
			continue
		}
		result = result.join(p.shown(arg, v, call))
	}
	if result.tainted() {
		result = result.stepped(e.Pos(), e.End(), "becomes part of a text")
	}
	return result
}

// byBody judges a result of a function of this package by its body.
func (p *Package) byBody(call *ssa.Call, obj *types.Func, fn *ssa.Function, n int, to path) value {
	inside := p.returned(fn, n, to)
	result, uncertain := p.substitute(inside, fn, call)
	return p.finish(call, obj, result, inside, uncertain, n)
}

// substitute turns what holds inside a function into what holds for a call of
// it: instead of its parameters there is what they are given. Uncertain are the
// topics of which only the name of a parameter speaks, given something unknown.
func (p *Package) substitute(inside value, fn *ssa.Function, call ssa.CallInstruction) (result value, uncertain [topics]bool) {
	args := p.actuals(call)
	u := p.unitOf(fn)
	result = value{sources: inside.sources, known: inside.known}
	if u == p.unitOf(call.Parent()) {
		result.params = inside.params &^ u.own(fn) // of the function around both
	}
	for i, param := range fn.Params {
		bit, ok := u.bits[param]
		if !ok || inside.params&(1<<bit) == 0 || i >= len(args) {
			continue
		}
		v := p.eval(args[i], call)
		for t, s := range inside.sources {
			if s != nil && s.param == param && v.sources[t] == nil && !v.known {
				uncertain[t] = true
			}
		}
		result = p.addGiven(result, v)
	}
	return result, uncertain
}

// addGiven joins what a parameter was given to what else a function returns:
// a source that is only the name of a parameter counts no longer.
func (p *Package) addGiven(result, given value) value {
	for t, s := range result.sources {
		if s != nil && s.param != nil {
			result.sources[t] = nil
		}
	}
	return result.join(given)
}

// finish adds what the name of a function says.
func (p *Package) finish(call *ssa.Call, obj *types.Func, result, inside value, uncertain [topics]bool, n int) value {
	e, _ := find[*ast.CallExpr](p.syntax, call.Pos())
	for t, s := range result.sources {
		if s != nil && s.param != nil && inside.sources[t] == s {
			result.sources[t] = nil
		}
	}
	if e == nil {
		return result
	}
	if result.tainted() {
		result = result.stepped(e.Pos(), e.End(), "is returned by "+spell(e.Fun))
	}
	for t := range topics {
		if uncertain[t] && result.sources[t] == nil {
			result.sources[t] = &Source{Kind: inside.sources[t].Kind, Text: spell(e), span: at(e).span, node: e}
		}
	}
	if obj == nil || inside.params != 0 || sanitizes(obj.Name()) {
		return result
	}
	return p.named(result, spell(e), func(vocabulary *sensitive.Vocabulary) bool { return yields(vocabulary, obj, n) }, at(e))
}

// returned judges a result of a function, or what a path leads to in it, joined
// over its return statements. The parameters in the value are its own.
func (p *Package) returned(fn *ssa.Function, n int, to path) value {
	return p.memoize(key{kind: askResult, v: fn, to: to, n: n}, func() value {
		outer := p.unit
		p.unit = p.unitOf(fn)
		defer func() { p.unit = outer }()
		result := harmless
		for _, b := range fn.Blocks {
			ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
			if ok && n < len(ret.Results) && b != fn.Recover {
				result = result.join(p.holds(ret.Results[n], to, ret))
			}
		}
		return result
	})
}
