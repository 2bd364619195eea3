package taint

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// called lets the first name that the source has for a value decide where
// nothing else does; others are those of variables that it is copied to.
func (p *Package) called(v ssa.Value, at ssa.Instruction, result value) value {
	names := p.ir.Names(v)
	if len(names) == 0 {
		return result
	}
	name := names[0]
	if name.Block.Parent() == at.Parent() && !name.Block.Dominates(at.Block()) {
		return result
	}
	return p.calledBy(name.Var, result)
}

// calledBy lets the name of a local variable decide where nothing else does.
func (p *Package) calledBy(v *types.Var, result value) value {
	if p.safe(v) {
		return harmless
	}
	return p.named(result, v.Name(), func(vocabulary *sensitive.Vocabulary) bool {
		return p.variable(vocabulary, v)
	}, place{span: judge.Span{From: v.Pos(), To: v.Pos() + token.Pos(len(v.Name()))}})
}

// variable reports whether name or type of a variable make it sensitive.
func (p *Package) variable(vocabulary *sensitive.Vocabulary, v types.Object) bool {
	return vocabulary.Object(v) || vocabulary.Type(v.Type()) && vocabulary.Name(v.Name()) != sensitive.Cancelled
}

// A place is where a source comes in.
type place struct {
	span judge.Span
	node ast.Node
}

func at(n ast.Node) place {
	if n == nil {
		return place{}
	}
	return place{judge.Span{From: n.Pos(), To: n.End()}, n}
}

// named adds a source for each topic that a name speaks of, unless more is known.
func (p *Package) named(v value, text string, speaks func(*sensitive.Vocabulary) bool, where place) value {
	for t := range topics {
		if !v.decided(t) && speaks(p.vocabulary[t]) {
			v.sources[t] = &Source{Kind: sensitive.Named, Text: text, span: where.span, node: where.node, param: p.first(v.params)}
		}
	}
	return v
}

// first returns the parameter with the lowest number in a set.
func (p *Package) first(params uint64) *ssa.Parameter {
	if params == 0 || p.unit == nil {
		return nil
	}
	for param, bit := range p.unit.bits {
		if params&(1<<bit) != 0 && params&(1<<bit-1) == 0 {
			return param
		}
	}
	return nil
}

// parameter judges what a function is given.
func (p *Package) parameter(param *ssa.Parameter) value {
	obj, _ := param.Object().(*types.Var)
	if !carries(param.Type()) || obj != nil && p.safe(obj) {
		return harmless
	}
	var v value
	if u := p.unitOf(param.Parent()); u != nil {
		if bit, ok := u.bits[param]; ok {
			v = value{params: 1 << bit, known: true}
		}
	}
	if obj == nil {
		return v
	}
	v = p.named(v, param.Name(), func(vocabulary *sensitive.Vocabulary) bool { return p.variable(vocabulary, obj) },
		place{span: judge.Span{From: param.Pos(), To: param.Pos() + token.Pos(len(param.Name()))}})
	for _, s := range v.sources {
		if s != nil {
			s.param = param
		}
	}
	return v
}

// local lets the name of a variable that lives in memory decide.
func (p *Package) local(cell *ssa.Alloc, result value) value {
	t := cell.Type().Underlying().(*types.Pointer).Elem()
	v := types.NewVar(cell.Pos(), p.pass.Pkg, cell.Comment, t)
	return p.named(result, cell.Comment, func(vocabulary *sensitive.Vocabulary) bool { return p.variable(vocabulary, v) },
		place{span: judge.Span{From: cell.Pos(), To: cell.Pos() + token.Pos(len(cell.Comment))}})
}

// object lets the name of a variable of package level decide.
func (p *Package) object(obj types.Object, use ssa.Value, result value) value {
	if obj == nil {
		return result
	}
	if p.safe(obj) {
		return harmless
	}
	text := obj.Name()
	if obj.Pkg() != p.pass.Pkg {
		text = obj.Pkg().Name() + "." + text
	}
	return p.named(result, text, func(vocabulary *sensitive.Vocabulary) bool { return p.variable(vocabulary, obj) }, place{})
}

// field lets name, tag and type of a field decide.
func (p *Package) field(x ssa.Value, index int, read ssa.Value, result value) value {
	t := owner(x)
	s := structOf(t)
	if s == nil || index >= s.NumFields() {
		return result
	}
	f, tag := s.Field(index), s.Tag(index)
	if p.safe(f) || sensitive.IsCookie(t) && p.plainCookie(x) {
		return harmless
	}
	if result.known && !result.tainted() {
		return result
	}
	e := p.syntax.expression(read)
	text := f.Name()
	if sel, ok := e.(*ast.SelectorExpr); ok {
		text = spell(sel)
	}
	result = p.named(result, text, func(vocabulary *sensitive.Vocabulary) bool { return p.fieldSpeaks(vocabulary, t, f, tag) }, at(e))
	if src := result.sources[Secrets]; src != nil && src.node == e && p.vocabulary[Secrets].TypedField(t, f.Name()) {
		src.Kind = sensitive.Typed
	}
	for t := range topics {
		if kind, ok := p.holding(f, t); ok && !result.decided(t) {
			result.sources[t] = &Source{Kind: kind, Text: text, span: at(e).span, node: e}
		}
	}
	return result
}

func (p *Package) fieldSpeaks(vocabulary *sensitive.Vocabulary, owner types.Type, f *types.Var, tag string) bool {
	if vocabulary.TypedField(owner, f.Name()) {
		return true
	}
	if !sensitive.Text(f.Type()) && !sensitive.Collection(f.Type()) {
		return false
	}
	if _, ok := vocabulary.Field(owner, f, tag); ok {
		return true
	}
	return vocabulary.Type(f.Type()) && vocabulary.Name(f.Name()) != sensitive.Cancelled
}

// plainCookie reports whether a cookie was looked up by a constant name that
// speaks of no session or login: a preference.
func (p *Package) plainCookie(x ssa.Value) bool {
	root, to := p.resolve(x)
	if to != "" {
		return false
	}
	if result, ok := root.(*ssa.Extract); ok {
		root = result.Tuple
	}
	call, ok := root.(*ssa.Call)
	if !ok {
		return false
	}
	args := arguments(call)
	if len(args) == 0 {
		return false
	}
	name, ok := text(args[len(args)-1])
	return ok && !p.vocabulary[Secrets].Cookie(name)
}

// ofWhole lets what a slice or map is called decide about an item of it.
func (p *Package) ofWhole(result value, x ssa.Value, use ssa.Instruction) value {
	if !sensitive.Collection(x.Type()) {
		return result
	}
	for t, s := range p.byName(x, use).sources {
		if s != nil && !result.decided(Topic(t)) {
			result.sources[t] = s
		}
	}
	return result
}

// byName judges a value by what it is called alone.
func (p *Package) byName(v ssa.Value, use ssa.Instruction) value {
	switch v := v.(type) {
	case *ssa.Parameter:
		return p.parameter(v)
	case *ssa.UnOp:
		switch addr := v.X.(type) {
		case *ssa.FieldAddr:
			return p.field(addr.X, addr.Field, v, unknown)
		case *ssa.Global:
			return p.object(addr.Object(), v, unknown)
		case *ssa.Alloc:
			return p.local(addr, unknown)
		}
	}
	return p.called(v, use, unknown)
}
