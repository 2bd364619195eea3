package taint

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// A Leak is an argument of a log call that shows something sensitive.
type Leak struct {
	Range   analysis.Range
	Message string
	Source  *Source
	// Trace is the way of the value from its source on, to the place of the leak.
	Trace []analysis.RelatedInformation
}

// found is what a package has to say to the rules.
type found struct {
	leaks    [topics][]Leak
	subjects []analysis.Range
	reported map[reported]bool
}

type reported struct {
	pos  token.Pos
	text string
}

// Leaks returns the leaks of a topic, in no particular order. A value that is a
// secret too is told as a secret only.
func (p *Package) Leaks(t Topic) []Leak { return p.leaks[t] }

// Subjects returns the calls that write a log and have something variable to
// say.
func (p *Package) Subjects() []analysis.Range { return p.subjects }

// find looks at every call.
func (p *Package) find() {
	p.reported = make(map[reported]bool)
	for _, u := range p.order {
		p.unit = u
		if redactingMethods[u.outer.Name()] && u.outer.Signature.Recv() != nil {
			continue // what it lets through is reported where the value is logged
		}
		for _, fn := range u.funcs {
			for _, b := range fn.Blocks {
				for _, instr := range b.Instrs {
					p.afresh()
					switch instr := instr.(type) {
					case ssa.CallInstruction:
						p.visit(instr)
					case *ssa.Panic:
						p.panics(instr)
					}
				}
			}
		}
	}
	for topic, leaks := range p.leaks {
		p.leaks[topic] = innermost(leaks)
	}
}

// innermost drops a leak if another one of the same source lies in its range: a
// formatted value that is logged is reported where it is formatted.
func innermost(leaks []Leak) []Leak {
	return slices.DeleteFunc(slices.Clone(leaks), func(outer Leak) bool {
		return slices.ContainsFunc(leaks, func(inner Leak) bool {
			within := outer.Range.Pos() <= inner.Range.Pos() && inner.Range.End() <= outer.Range.End()
			shorter := inner.Range.End()-inner.Range.Pos() < outer.Range.End()-outer.Range.Pos()
			return within && shorter && inner.Source.Text == outer.Source.Text
		})
	})
}

var redactingMethods = wordSet(`LogValue MarshalLog MarshalLogObject MarshalLogArray MarshalZerologObject MarshalZerologArray
	MarshalObject`)

// visit checks one call.
func (p *Package) visit(call ssa.CallInstruction) {
	log, ok := p.logCall(call)
	if !ok || log.Func.Kind == logapi.Passer || log.Func.Harmless {
		return
	}
	if prints(log.Func) && !p.serves(log.Expr) {
		return
	}
	args := log.Arguments(p.pass.TypesInfo)
	variable := slices.ContainsFunc(args, func(a logapi.Argument) bool { return !p.constantText(a.Expr) })
	if !variable || p.discarded(call) || log.Func.Kind != logapi.Sink && !p.writtenLater(call) {
		return
	}
	if _, direct := logapi.Of(p.pass.TypesInfo, log.Expr); direct && log.Func.Kind == logapi.Sink {
		p.subjects = append(p.subjects, log.Expr)
	}
	for _, arg := range args {
		if v, ok := p.actual(call, log.Expr, arg.Expr); ok {
			p.check(log, pair{arg, v}, call)
		}
	}
}

// panics checks panic(v): what v says ends up on standard error.
func (p *Package) panics(stop *ssa.Panic) {
	e, ok := find[*ast.CallExpr](p.syntax, stop.Pos())
	if !ok || len(e.Args) != 1 {
		return
	}
	f := &logapi.Func{Library: "builtin", Name: "panic", Roles: []logapi.Role{logapi.Message}, Class: logapi.Plain}
	log := &logapi.Call{Func: f, Expr: e}
	for _, arg := range log.Arguments(p.pass.TypesInfo) {
		p.check(log, pair{arg, stop.X}, stop)
	}
}

// check reports an argument that shows something sensitive. Built attributes are
// checked where they are built, maps and spread slices item by item.
func (p *Package) check(log *logapi.Call, one pair, at ssa.Instruction) {
	arg := one.arg
	switch {
	case arg.Role == logapi.Map:
		for _, entry := range p.entries(one.value, at) {
			item := logapi.Argument{Expr: entry.expr, Role: logapi.Value, Key: entry.key, Class: arg.Class}
			p.check(log, pair{item, entry.value}, at)
		}
		return
	case arg.Spread:
		items := p.items(one.value, at, 0)
		if arg.Role == logapi.Attrs {
			for _, item := range p.pairs(items, arg.Class) {
				p.check(log, item, at)
			}
			return
		}
		for _, item := range items {
			p.check(log, pair{logapi.Argument{Expr: item.expr, Role: logapi.Values, Class: arg.Class}, item.value}, at)
		}
		return
	case arg.Role == logapi.Attrs && logapi.IsAttribute(p.pass.TypesInfo.TypeOf(arg.Expr)):
		return
	}
	shown := p.shown(arg, one.value, at)
	for t := range topics {
		s := shown.sources[t]
		if s == nil || s.Whole && p.judgedInside(log, at, one.value) {
			continue
		}
		p.report(t, log, arg, s)
		return
	}
}

// judgedInside reports whether a function that forwards its parameter to a log
// has the parameter's type to tell it by itself what shows.
func (p *Package) judgedInside(log *logapi.Call, at ssa.Instruction, v ssa.Value) bool {
	call, ok := at.(ssa.CallInstruction)
	if !ok {
		return false
	}
	if _, direct := logapi.Of(p.pass.TypesInfo, log.Expr); direct {
		return false
	}
	obj, fn := p.callee(call)
	if fn == nil && (obj == nil || p.flow(obj) == nil) {
		return false
	}
	sig := call.Common().Signature()
	if obj != nil {
		sig = obj.Signature() // parameters of a type that is a parameter itself are judged by the caller
	}
	args := p.actuals(call)
	i := slices.Index(args, v)
	if i < 0 {
		return false // in the slice of a variadic call
	}
	i -= len(args) - sig.Params().Len()
	return i >= 0 && i < sig.Params().Len() && !types.IsInterface(sig.Params().At(i).Type())
}

// report makes a leak, one for each source and call.
func (p *Package) report(t Topic, log *logapi.Call, arg logapi.Argument, s *Source) {
	k := reported{arg.Expr.Pos(), s.Text}
	if p.reported[k] || p.consented(s.node) || p.consented(arg.Expr) {
		return
	}
	p.reported[k] = true
	var message string
	switch {
	case s.Whole:
		message = fmt.Sprintf("%s reaches %s", s.Text, log.Func.Name)
		if _, direct := logapi.Of(p.pass.TypesInfo, log.Expr); !direct && log.Func.Library != "builtin" {
			message += ", which logs it"
		}
		if way := arg.Class.String(); way != "" {
			message += " as " + way
		}
	case arg.Key != "" && !arg.Labelled && (s.Kind == sensitive.Keyed || p.vocabulary[t].Name(arg.Key) != sensitive.Secret):
		message = fmt.Sprintf("%s is logged under key %q", s.Text, arg.Key)
	default:
		message = s.Text + " is logged"
	}
	p.leaks[t] = append(p.leaks[t], Leak{Range: arg.Expr, Message: message, Source: s, Trace: s.trace(t, arg.Expr)})
}

// trace lists where a value comes in and what it passes on its way to the place
// of the finding, which is left out.
func (s *Source) trace(t Topic, place ast.Expr) []analysis.RelatedInformation {
	outside := func(span judge.Span) bool {
		return span.From.IsValid() && (span.From < place.Pos() || span.To > place.End())
	}
	var trace []analysis.RelatedInformation
	for hop := s.way; hop != nil; hop = hop.before {
		if outside(hop.span) {
			trace = append(trace, analysis.RelatedInformation{Pos: hop.span.From, End: hop.span.To, Message: hop.text})
		}
	}
	if outside(s.span) {
		trace = append(trace, analysis.RelatedInformation{Pos: s.span.From, End: s.span.To, Message: beginnings[t]})
	}
	slices.Reverse(trace)
	return trace
}

var beginnings = [topics]string{"the secret comes from here", "the personal data comes from here"}

// consented reports whether a secret comes in where somebody has asked to see
// it: under a condition such as ShowPasswords or logCredentials.
func (p *Package) consented(n ast.Node) bool {
	if n == nil {
		return false
	}
	for child := n; n != nil; child, n = n, p.parents[n] {
		branch, ok := n.(*ast.IfStmt)
		if !ok || branch.Body != child {
			continue
		}
		name := ""
		switch cond := ast.Unparen(branch.Cond).(type) {
		case *ast.Ident:
			name = cond.Name
		case *ast.SelectorExpr:
			name = cond.Sel.Name
		}
		verdict := p.vocabulary[Secrets].Name(name)
		if (verdict == sensitive.Secret || verdict == sensitive.Plural) && slices.ContainsFunc(sensitive.Words(name), func(word string) bool { return showing[word] }) {
			return true
		}
	}
	return false
}

var showing = wordSet(`show log print reveal expose include dump display trace`)

// storeStep says where a value is put into a variable that lives in memory.
func (p *Package) storeStep(e *event) (from, to token.Pos, text string) {
	pos := e.instr.Pos()
	if _, variadic := e.instr.(*ssa.Store); variadic && !pos.IsValid() {
		return token.NoPos, token.NoPos, ""
	}
	return pos, pos, "is stored here"
}
