package taint

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// shown judges what a logging or formatting call shows of an argument.
func (p *Package) shown(arg logapi.Argument, v ssa.Value, at ssa.Instruction) value {
	tv := p.pass.TypesInfo.Types[arg.Expr]
	if tv.Value != nil || tv.IsNil() || arg.Class == logapi.Hidden || tv.Type == nil || !sensitive.Carries(tv.Type) {
		return harmless
	}
	v, t := concrete(v)
	known := p.eval(v, at)
	if id, ok := ast.Unparen(arg.Expr).(*ast.Ident); ok {
		if local, ok := p.pass.TypesInfo.Uses[id].(*types.Var); ok {
			known = p.calledBy(local, known)
		}
	}
	result := value{params: known.params, known: known.known}
	for topic := range topics {
		if s := known.sources[topic]; s != nil {
			if !s.Whole && !p.walker[topic].Shows(t, arg.Class) {
				return harmless
			}
			result.sources[topic] = s
			continue
		}
		if known.known && known.params == 0 && sensitive.Text(t) {
			continue
		}
		if arg.Role != logapi.Message && arg.Role != logapi.Format {
			result.sources[topic] = p.whole(topic, arg, v, t, at)
		}
		if result.sources[topic] == nil {
			result.sources[topic] = p.keyed(topic, arg, v, known)
		}
	}
	return result
}

// concrete returns what an interface holds, if that is certain, and its type.
func concrete(v ssa.Value) (ssa.Value, types.Type) {
	for {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		default:
			return v, v.Type()
		}
	}
}

// whole judges a value that is printed whole by its type, less what is known to
// be empty in it.
func (p *Package) whole(topic Topic, arg logapi.Argument, v ssa.Value, t types.Type, use ssa.Instruction) *Source {
	if sensitive.Text(t) || topic == Secrets && p.answered(v) {
		return nil
	}
	walker := p.walker[topic]
	saved := walker.Harmless
	defer func() { walker.Harmless = saved }()
	walker.Harmless = func(fields []*types.Var) bool {
		to, ok := pathOf(t, fields)
		return ok && p.holds(v, to, use).clean()
	}
	leak := walker.Leak(t, arg.Class)
	if leak == nil {
		return nil
	}
	text := spell(arg.Expr)
	if types.IsInterface(p.pass.TypesInfo.TypeOf(arg.Expr)) && !types.IsInterface(t) {
		if own := p.text(v); own != "" {
			text = own
		}
	}
	if path := leak.Path(); path != "" {
		text += "." + path
	}
	return &Source{Kind: leak.Kind, Text: text, span: at(arg.Expr).span, node: arg.Expr, Whole: true}
}

// answered reports whether a value is what a server answered.
func (p *Package) answered(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	t := owner(addr.X)
	return sensitive.Answered(t, structOf(t).Field(addr.Field).Name())
}

// keyed judges a value by the key or label it is logged under.
func (p *Package) keyed(topic Topic, arg logapi.Argument, v ssa.Value, known value) *Source {
	_, t := concrete(v)
	if arg.Key == "" || known.clean() || arg.Class == logapi.Hidden {
		return nil
	}
	vocabulary := p.vocabulary[topic]
	verdict := vocabulary.Name(arg.Key)
	switch {
	case verdict == sensitive.Secret && (sensitive.Text(t) || sensitive.Collection(t)):
	case verdict == sensitive.Plural && sensitive.Collection(t):
	default:
		return nil
	}
	words := sensitive.Words(arg.Key)
	if sensitive.NamesFile(arg.Key, t) {
		return nil
	}
	if arg.Labelled && (doubting[words[0]] || p.lexical) || p.calledHarmless(topic, arg.Expr, words[len(words)-1]) || !p.walker[topic].Shows(t, arg.Class) {
		return nil
	}
	return &Source{Kind: sensitive.Keyed, Text: spell(arg.Expr), span: at(arg.Expr).span, node: arg.Expr}
}

// doubting are words that make "… token: %s" a complaint about a word.
var doubting = wordSet(`invalid unexpected unknown missing bad expired unsupported duplicate no not wrong empty illegal
	unrecognized unrecognised using create creating created delete deleting deleted for of the`)

// calledHarmless reports whether a value logged under a secret's key is by its
// own name something harmless: the name, the number or the kind of the secret.
func (p *Package) calledHarmless(topic Topic, e ast.Expr, head string) bool {
	vocabulary := p.vocabulary[topic]
	if named, ok := types.Unalias(p.pass.TypesInfo.TypeOf(e)).(*types.Named); ok && vocabulary.Name(named.Obj().Name()) == sensitive.Cancelled {
		return true
	}
	own := ""
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		own = e.Name
	case *ast.SelectorExpr:
		own = e.Sel.Name
	case *ast.CallExpr:
		if tv := p.pass.TypesInfo.Types[e.Fun]; tv.IsType() && len(e.Args) == 1 {
			return p.calledHarmless(topic, e.Args[0], head)
		}
		if sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok {
			own = sel.Sel.Name
			if own == "String" && len(e.Args) == 0 {
				return p.calledHarmless(topic, sel.X, head)
			}
			if own == "Sprint" || own == "Sprintf" {
				return !slices.ContainsFunc(e.Args, func(a ast.Expr) bool { return !p.constant(a) && !p.calledHarmless(topic, a, head) })
			}
		} else if id, ok := ast.Unparen(e.Fun).(*ast.Ident); ok {
			own = id.Name
		}
	case *ast.StarExpr:
		return p.calledHarmless(topic, e.X, head)
	case *ast.IndexExpr:
		return p.calledHarmless(topic, e.X, head)
	case *ast.BinaryExpr:
		return (p.constant(e.X) || p.calledHarmless(topic, e.X, head)) && (p.constant(e.Y) || p.calledHarmless(topic, e.Y, head))
	}
	switch vocabulary.Name(own) {
	case sensitive.Cancelled:
		return true
	case sensitive.Secret, sensitive.Plural:
		return false
	}
	// In a Kubernetes program "secret" is an object, and its key names it.
	return head == "secret" && p.kubernetes
}

// encodes are the methods that give their receiver to the encoder of a logging
// library, or write it themselves.
var encodes = wordSet(`MarshalLogObject MarshalLogArray MarshalZerologObject MarshalZerologArray MarshalObject Format`)

// redacts reports whether a method of the user's packages that prints its
// receiver hides what is sensitive in it; a method from elsewhere is trusted.
func (p *Package) redacts(topic Topic, m *types.Func) bool {
	obj := m.Origin()
	fn := p.funcs[obj]
	if fn == nil {
		flow := p.flow(obj)
		if flow == nil {
			return true
		}
		if encodes[m.Name()] {
			return flow.Shows&(1<<topic) == 0
		}
		return len(flow.Results) == 0 || !slices.ContainsFunc(flow.Results[0].Sources, func(o Origin) bool { return o.Topic == topic })
	}
	q := redaction{topic, obj}
	if verdict, known := p.redacting[q]; known {
		return verdict
	}
	p.redacting[q] = true
	verdict := true
	if encodes[m.Name()] {
		verdict = !p.encodes(fn, topic)
	} else {
		verdict = p.returned(fn, 0, "").sources[topic] == nil
	}
	p.redacting[q] = verdict
	return verdict
}

type redaction struct {
	topic  Topic
	method *types.Func
}

// encodes reports whether a function hands something sensitive to an encoder.
func (p *Package) encodes(fn *ssa.Function, topic Topic) bool {
	for call := range p.unitOf(fn).calls {
		obj, _ := p.callee(call)
		e, ok := find[*ast.CallExpr](p.syntax, call.Common().Pos())
		if obj == nil || !ok {
			continue
		}
		f, ok := p.lookup(obj)
		if !ok {
			f, ok = writers[calleeOf(obj).title]
		}
		if ok && p.formatted(f, call, e).sources[topic] != nil {
			return true
		}
	}
	return false
}

// calls yields the calls in a unit, in source order of its functions.
func (u *unit) calls(yield func(ssa.CallInstruction) bool) {
	for _, fn := range u.funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok && !yield(call) {
					return
				}
			}
		}
	}
}
