package terraform

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// An evaluator computes the values of one root under one set of variable
// values. Everything is computed on first use and kept; it is not safe for
// concurrent use.
type evaluator struct {
	ctx      context.Context
	loader   *loader
	notices  *notices
	dir      string               // of the root, which is Terraform's working directory
	supplied map[string]*argument // values of the root's variables
	base     *hcl.EvalContext     // functions and budget
	budget   *budget
	depth    int
	// wrapped: another tool passes the root its variables, so that defaults say
	// nothing. generated: it may write files of its own beside the root's.
	wrapped, generated bool
}

func newEvaluator(ctx context.Context, l *loader, dir string, supplied map[string]*argument) *evaluator {
	e := &evaluator{ctx: ctx, loader: l, notices: l.notices, dir: dir, supplied: supplied, budget: &budget{steps: maxSteps}}
	e.base = &hcl.EvalContext{
		Functions: e.functions(),
		Variables: map[string]cty.Value{budgetName: cty.CapsuleVal(budgetType, e.budget)},
	}
	return e
}

// A scope is where an expression stands: its module instance and the names
// that only hold there (each, count, iterators of dynamic blocks).
type scope struct {
	in    *instance
	names map[string]cty.Value
	// tentative: the block may not exist at all, so what fails in it is no news.
	tentative bool
}

// with returns the scope with one more name.
func (s *scope) with(name string, v cty.Value) *scope {
	names := make(map[string]cty.Value, len(s.names)+1)
	for k, v := range s.names {
		names[k] = v
	}
	names[name] = v
	return &scope{in: s.in, names: names, tentative: s.tentative}
}

// value evaluates an expression. What fails is unknown, with a notice at the
// expression that failed.
func (e *evaluator) value(expr hclsyntax.Expression, f *source.File, s *scope) (v cty.Value) {
	if literal, ok := expr.(*hclsyntax.LiteralValueExpr); ok {
		return literal.Val
	}
	at := extent(expr.Range())
	if e.depth >= maxDepth {
		e.notices.add(finding.Notice{
			Location: source.Location{File: f, Range: at}, Message: "evaluate expression: it depends on too many others in a row", Incomplete: true,
		})
		return cty.DynamicVal
	}
	if e.ctx.Err() != nil || e.budget.steps < 0 {
		return cty.DynamicVal
	}
	e.depth++
	defer func() {
		e.depth--
		trouble := recover()
		if trouble == nil {
			return
		}
		v = cty.DynamicVal
		if trouble != errTooLong { // in a library: loud, but not the end of the run
			e.notices.add(finding.Notice{
				Location: source.Location{File: f, Range: at}, Message: fmt.Sprintf("evaluate expression: internal error: %v", trouble), Incomplete: true,
			})
		}
	}()
	ctx := e.base.NewChild()
	ctx.Variables = e.variables(expr, f, s)
	v, diagnostics := expr.Value(ctx)
	for _, d := range diagnostics {
		if d.Severity == hcl.DiagError {
			if s != nil && (s.tentative || s.in.tentative) || callsProvider(d) {
				return cty.DynamicVal
			}
			e.notices.remark(f, locate(d, at), "evaluate expression: "+describe(d))
			return cty.DynamicVal
		}
	}
	elements, fits := measure(v)
	switch {
	case !fits:
		e.notices.add(finding.Notice{
			Location: source.Location{File: f, Range: at}, Message: "evaluate expression: " + errTooLarge.Error(), Incomplete: true,
		})
		return cty.DynamicVal
	case !e.budget.spend(costExpression + elements):
		return cty.DynamicVal
	}
	return v
}

// callsProvider reports whether an expression failed for want of a function that
// a provider defines: those only run in Terraform.
func callsProvider(d *hcl.Diagnostic) bool {
	call, ok := d.Expression.(*hclsyntax.FunctionCallExpr)
	return ok && strings.HasPrefix(call.Name, "provider::")
}

// A need is what an expression asks of one resource, data source or module.
type need struct {
	// attributes and, for each, the names asked of what is in it.
	attributes map[string]map[string]bool
	whole      bool // asked for as a whole
}

// variables returns what the expression refers to, and nothing else.
func (e *evaluator) variables(expr hclsyntax.Expression, f *source.File, s *scope) map[string]cty.Value {
	traversals := expr.Variables()
	if len(traversals) == 0 || s == nil {
		return nil
	}
	out := map[string]cty.Value{}
	objects := map[string]map[string]cty.Value{}                   // "var", "local"
	needs := map[string]map[string]*need{"module": {}, "data": {}} // a data source as "type.name"
	resources := map[string]map[string]*need{}                     // by type and name
	splats := splatAttributes(expr)
	for _, t := range traversals {
		root := t.RootName()
		if v, ok := s.names[root]; ok {
			out[root] = v
			continue
		}
		switch root {
		case "var", "local":
			name := attributeName(t, 1)
			if objects[root] == nil {
				objects[root] = map[string]cty.Value{}
			}
			if name != "" {
				objects[root][name] = s.in.named(root, name, f, extent(t.SourceRange()))
			}
		case "path", "terraform", "tofu", "self":
			out[root] = e.builtin(root, s)
		case "module":
			ask(needs["module"], attributeName(t, 1), t, 2, splats)
		case "data", "ephemeral":
			ask(needs["data"], attributeName(t, 1)+"."+attributeName(t, 2), t, 3, splats)
		case "each", "count":
			e.notices.remark(f, extent(t.SourceRange()), "evaluate expression: "+root+" has no meaning here, the block has no such argument")
			out[root] = cty.DynamicVal
		default:
			if resources[root] == nil {
				resources[root] = map[string]*need{}
			}
			ask(resources[root], attributeName(t, 1), t, 2, splats)
		}
	}
	for root, values := range objects {
		out[root] = cty.ObjectVal(values)
	}
	e.needed(out, needs, resources, s, f)
	return out
}

// needed adds the values of resources, data sources and modules.
func (e *evaluator) needed(out map[string]cty.Value, needs, resources map[string]map[string]*need, s *scope, f *source.File) {
	for kind, names := range resources {
		values := map[string]cty.Value{}
		for name, n := range names {
			values[name] = s.in.resource(kind+"."+name, n, f)
		}
		out[kind] = cty.ObjectVal(values)
	}
	if modules := needs["module"]; len(modules) > 0 {
		values := map[string]cty.Value{}
		for name, n := range modules {
			values[name] = s.in.moduleValue(name, n)
		}
		out["module"] = cty.ObjectVal(values)
	}
	if data := needs["data"]; len(data) > 0 {
		byType := map[string]map[string]cty.Value{}
		for name, n := range data {
			kind, name, _ := cutLast(name)
			if byType[kind] == nil {
				byType[kind] = map[string]cty.Value{}
			}
			byType[kind][name] = unknownFrom(s.in.qualify("data."+kind+"."+name), n)
		}
		values := map[string]cty.Value{}
		for kind, names := range byType {
			values[kind] = cty.ObjectVal(names)
		}
		out["data"] = cty.ObjectVal(values)
	}
}

// unknownFrom is the value of something that only exists at run time.
func unknownFrom(address string, n *need) cty.Value {
	attribute := ""
	if len(n.attributes) == 1 && !n.whole {
		for attribute = range n.attributes {
		}
	}
	return cty.DynamicVal.Mark(reference{address: address, attribute: attribute})
}

// ask records what a traversal wants of the thing it names; what follows from
// the index on is inside the thing.
func ask(needs map[string]*need, name string, t hcl.Traversal, from int, splats map[string]string) {
	n := needs[name]
	if n == nil {
		n = &need{attributes: map[string]map[string]bool{}}
		needs[name] = n
	}
	var names []string
	for _, step := range t[min(from, len(t)):] {
		if a, ok := step.(hcl.TraverseAttr); ok {
			names = append(names, a.Name)
		}
	}
	if len(names) == 0 {
		attribute, ok := splats[traversalName(t)]
		if !ok {
			n.whole = true
			return
		}
		names = []string{attribute}
	}
	inner := n.attributes[names[0]]
	if inner == nil {
		inner = map[string]bool{}
		n.attributes[names[0]] = inner
	}
	for _, name := range names[1:] {
		inner[name] = true
	}
}

// splatAttributes finds x.y[*].attribute and returns the attribute by the name
// of x.y.
func splatAttributes(expr hclsyntax.Expression) map[string]string {
	found := map[string]string{}
	// The visitor has no error of its own to hand on.
	_ = hclsyntax.VisitAll(expr, func(n hclsyntax.Node) hcl.Diagnostics {
		splat, ok := n.(*hclsyntax.SplatExpr)
		if !ok {
			return nil
		}
		src, ok := splat.Source.(*hclsyntax.ScopeTraversalExpr)
		if !ok {
			return nil
		}
		each := splat.Each
		if counted, ok := each.(*countedExpr); ok {
			each = counted.Expression
		}
		if relative, ok := each.(*hclsyntax.RelativeTraversalExpr); ok && len(relative.Traversal) > 0 {
			if a, ok := relative.Traversal[0].(hcl.TraverseAttr); ok {
				found[traversalName(src.Traversal)] = a.Name
			}
		}
		return nil
	})
	return found
}

// traversalName joins the names of a traversal, indexes left out.
func traversalName(t hcl.Traversal) string {
	name := t.RootName()
	for _, step := range t[1:] {
		if a, ok := step.(hcl.TraverseAttr); ok {
			name += "." + a.Name
		}
	}
	return name
}

// attributeName returns the i-th step of a traversal if it is a name.
func attributeName(t hcl.Traversal, i int) string {
	if i < len(t) {
		if a, ok := t[i].(hcl.TraverseAttr); ok {
			return a.Name
		}
	}
	return ""
}

func cutLast(s string) (before, after string, found bool) {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '.' {
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}
