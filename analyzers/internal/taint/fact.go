package taint

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// A Flow is the fact of a function of the user's: what becomes of its parameters
// and where its results come from. The receiver, if any, is parameter 0. A
// function without the fact takes and gives nothing that matters.
type Flow struct {
	Sink    *Sink
	Results []Result // trailing ones of which nothing is known are left out
	Writes  []Write
	// Shows are the topics (bits) of what it gives to the encoder of a logging
	// library.
	Shows uint8
	// Ignores: it has parameters and does nothing at all, as a logger that is
	// switched off.
	Ignores bool
	// Differs: it is a method of an interface, which the types of its package
	// implement in different ways.
	Differs bool
}

// AFact marks Flow as a fact.
func (*Flow) AFact() {}

// A Sink says that a function hands parameters on to a log; see logapi.Func.
type Sink struct {
	Library string
	Roles   string // of the parameters, receiver left out
	Class   logapi.Class
	Level   string
}

// A Result says what a result is made of.
type Result struct {
	Known   bool   // nothing else than what follows
	Params  uint64 // text of these parameters
	Sources []Origin
	Parts   []Part // of a struct
}

// An Origin is a source.
type Origin struct {
	Topic Topic
	Kind  sensitive.Kind
	Text  string
	Param int // the parameter that is only named like a secret, -1
}

// A Part is a sensitive field of a result of which more is known than its name:
// it holds nothing, or what parameters are given.
type Part struct {
	Path   string
	Params uint64
}

// A Write is something that is put into memory that a parameter leads to.
type Write struct {
	Param   int
	Path    string
	Unknown bool
	Always  bool
	Result
}

// An Own is the fact of a package of the user's.
type Own struct{}

// AFact marks Own as a fact.
func (*Own) AFact() {}

// A Held is the fact of a field that is only ever given something sensitive in
// its package, although its name does not say so.
type Held struct{ Kinds [2]int } // by topic: a sensitive.Kind and one, 0 for none

// AFact marks Held as a fact.
func (*Held) AFact() {}

// flow returns the fact of a function of another package, nil if its package is
// none of the user's.
func (p *Package) flow(obj *types.Func) *Flow {
	if obj.Pkg() == nil || obj.Pkg() == p.pass.Pkg || types.IsInterface(receiverType(obj)) {
		return nil
	}
	if flow, known := p.flows[obj]; known {
		return flow
	}
	flow := new(Flow)
	if !p.pass.ImportObjectFact(obj, flow) {
		flow = nil
		if p.own(obj.Pkg()) {
			flow = new(Flow)
		}
	}
	p.flows[obj] = flow
	return flow
}

func receiverType(fn *types.Func) types.Type {
	if recv := fn.Signature().Recv(); recv != nil {
		return recv.Type()
	}
	return types.Typ[types.Invalid]
}

// own reports whether a package is one of the user's.
func (p *Package) own(pkg *types.Package) bool {
	if pkg == nil {
		return false // of the universe
	}
	own, known := p.owns[pkg]
	if !known {
		own = pkg == p.pass.Pkg || p.pass.ImportPackageFact(pkg, new(Own))
		p.owns[pkg] = own
	}
	return own
}

// byFlow judges a result of a function of another package of the user's.
func (p *Package) byFlow(call *ssa.Call, obj *types.Func, flow *Flow, n int, to path) value {
	if to != "" {
		return p.partOf(call, flow, n, to)
	}
	var inside Result
	if n < len(flow.Results) {
		inside = flow.Results[n]
	}
	e, _ := find[*ast.CallExpr](p.syntax, call.Pos())
	result := p.inPlace(&inside, call, e)
	if e == nil || inside.Params != 0 || sanitizes(obj.Name()) {
		return result
	}
	return p.named(result, spell(e), func(vocabulary *sensitive.Vocabulary) bool { return yields(vocabulary, obj, n) }, at(e))
}

// inPlace turns a fact into what holds for a call.
func (p *Package) inPlace(inside *Result, call ssa.CallInstruction, e *ast.CallExpr) value {
	args := p.actuals(call)
	result := value{known: inside.Known}
	for _, o := range inside.Sources {
		if o.Param < 0 && o.Topic < topics {
			result.sources[o.Topic] = &Source{Kind: o.Kind, Text: o.Text, node: e}
			if e != nil {
				result.sources[o.Topic].span = at(e).span
			}
		}
	}
	for i, arg := range args {
		if i > 63 || inside.Params&(1<<i) == 0 {
			continue
		}
		v := p.eval(arg, call)
		for _, o := range inside.Sources {
			if o.Param == i && o.Topic < topics && v.sources[o.Topic] == nil && !v.known && e != nil {
				v.sources[o.Topic] = &Source{Kind: o.Kind, Text: spell(e), span: at(e).span, node: e}
			}
		}
		result = result.join(v)
	}
	if e != nil && result.tainted() {
		result = result.stepped(e.Pos(), e.End(), "passes "+spell(e.Fun))
	}
	return result
}

// partOf judges a field of a result.
func (p *Package) partOf(call *ssa.Call, flow *Flow, n int, to path) value {
	if n >= len(flow.Results) {
		return unknown
	}
	for _, part := range flow.Results[n].Parts {
		if path(part.Path) == to {
			return p.inPlace(&Result{Known: true, Params: part.Params}, call, nil)
		}
	}
	if to.items() {
		return p.inPlace(&flow.Results[n], call, nil)
	}
	return unknown
}

// givenFlow judges what a function of another package put into the place.
func (p *Package) givenFlow(e *event, call ssa.CallInstruction, flow *Flow, to path, s *spot) (v value, final bool) {
	v = harmless
	for i := range flow.Writes {
		w := &flow.Writes[i]
		if w.Param != e.arg {
			continue
		}
		full := e.to + path(w.Path)
		may, certain := full.within(to)
		below, _ := to.within(full)
		switch {
		case !may && !below:
		case w.Unknown && !may:
			v = v.join(unknown)
		case w.Unknown || may && len(full) != len(to):
			s.escaped = true
		case may || full.from(to.len()).items():
			v = v.join(p.steppedIn(p.inPlace(&w.Result, call, nil), call))
			final = final || may && certain && w.Always
		default:
			v = v.join(unknown)
		}
	}
	return v, final
}

// export leaves the facts of the package.
func (p *Package) export() {
	p.pass.ExportPackageFact(new(Own))
	for _, u := range p.order {
		obj, ok := u.outer.Object().(*types.Func)
		if !ok || obj.Origin() != obj {
			continue
		}
		p.afresh()
		if flow := p.flowOf(u, obj); flow != nil {
			p.pass.ExportObjectFact(obj, flow)
		}
	}
	p.exportInterfaces()
}

// flowOf makes the fact of a declared function, nil if there is nothing to say.
func (p *Package) flowOf(u *unit, obj *types.Func) *Flow {
	fn := u.outer
	flow := new(Flow)
	if f := p.forwards(fn); f != nil {
		flow.Sink = sinkFact(f)
	}
	results := fn.Signature.Results()
	last := 0
	for i := range results.Len() {
		t := results.At(i).Type()
		var r Result
		if sensitive.Carries(t) {
			r = p.resultFact(u, fn, p.returned(fn, i, ""))
			r.Parts = p.parts(u, fn, i, t)
			if r.Known || r.Params != 0 || r.Sources != nil || r.Parts != nil {
				last = i + 1
			}
		}
		flow.Results = append(flow.Results, r)
	}
	flow.Results = flow.Results[:last]
	flow.Writes = p.writeFacts(u, fn)
	if encodes[obj.Name()] {
		for t := range topics {
			if p.encodes(fn, t) {
				flow.Shows |= 1 << t
			}
		}
	}
	flow.Ignores = fn.Signature.Recv() != nil && fn.Signature.Params().Len() > 0 && ignores(fn)
	if flow.Sink == nil && last == 0 && len(flow.Writes) == 0 && flow.Shows == 0 && !flow.Ignores {
		return nil
	}
	return flow
}

func sinkFact(f *logapi.Func) *Sink {
	s := &Sink{Library: f.Library, Class: f.Class, Level: f.Level}
	for _, role := range f.Roles {
		s.Roles += string(rune(role))
	}
	return s
}

func (p *Package) resultFact(u *unit, fn *ssa.Function, v value) Result {
	r := Result{Known: v.known}
	for i, param := range fn.Params {
		if bit, ok := u.bits[param]; ok && i < 64 && v.params&(1<<bit) != 0 {
			r.Params |= 1 << i
		}
	}
	for t, s := range v.sources {
		if s == nil {
			continue
		}
		o := Origin{Topic: Topic(t), Kind: s.Kind, Text: s.Text, Param: -1}
		if s.param != nil {
			if o.Param = slices.Index(fn.Params, s.param); o.Param < 0 {
				continue
			}
		}
		r.Sources = append(r.Sources, o)
	}
	return r
}

// maxParts bounds the fields of a result that are looked at.
const maxParts = 16

// parts lists the sensitive fields of a result of which more is known than their
// names.
func (p *Package) parts(u *unit, fn *ssa.Function, n int, t types.Type) []Part {
	var parts []Part
	for _, to := range p.sensitivePaths(t) {
		v := p.returned(fn, n, to)
		if !v.known || v.tainted() {
			continue
		}
		parts = append(parts, Part{Path: string(to), Params: p.resultFact(u, fn, v).Params})
	}
	return parts
}

// sensitivePaths lists the ways to the fields of a struct that a name, tag or
// type calls sensitive.
func (p *Package) sensitivePaths(t types.Type) []path {
	var list []path
	var walk func(t types.Type, to path, around []types.Type)
	walk = func(t types.Type, to path, around []types.Type) {
		s := structOf(t)
		if s == nil || to.len() >= 4 || len(list) >= maxParts || slices.ContainsFunc(around, func(u types.Type) bool { return types.Identical(t, u) }) {
			return
		}
		around = append(around[:len(around):len(around)], t)
		if ptr, ok := t.Underlying().(*types.Pointer); ok {
			t = ptr.Elem()
		}
		for i := range s.NumFields() {
			f := s.Field(i)
			next := to + step16(i)
			if slices.ContainsFunc(p.vocabulary[:], func(v *sensitive.Vocabulary) bool { return p.fieldSpeaks(v, t, f, s.Tag(i)) }) {
				if len(list) < maxParts {
					list = append(list, next)
				}
				continue
			}
			walk(f.Type(), next, around)
		}
	}
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil && !p.own(named.Obj().Pkg()) {
		return nil
	}
	walk(t, "", nil)
	return list
}

// writeFacts lists what a function writes behind its parameters, for others.
func (p *Package) writeFacts(u *unit, fn *ssa.Function) []Write {
	var list []Write
	for _, w := range p.writes(fn) {
		f := Write{Param: w.param, Path: string(fieldsOnly(w.to)), Unknown: w.by == nil, Always: w.always}
		if w.by != nil {
			t := w.by.value.Type()
			if !sensitive.Carries(t) {
				continue
			}
			if isStruct(t) || structOf(t) != nil {
				f.Unknown = true
			} else {
				f.Result = p.resultFact(u, fn, p.writtenValue(&w, ""))
			}
		}
		if !slices.ContainsFunc(list, func(o Write) bool { return sameWrite(&o, &f) }) {
			list = append(list, f)
		}
	}
	return list
}

func sameWrite(a, b *Write) bool {
	return a.Param == b.Param && a.Path == b.Path && a.Unknown == b.Unknown && a.Always == b.Always &&
		a.Known == b.Known && a.Params == b.Params && slices.Equal(a.Sources, b.Sources)
}

// fieldsOnly replaces what only this package can number by unknown items.
func fieldsOnly(to path) path {
	var out path
	for i := range to.len() {
		if n := to.at(i); n >= firstKey {
			out += anyItem
		} else {
			out += step16(n)
		}
	}
	return out
}
