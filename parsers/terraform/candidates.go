package terraform

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/opslint/opslint/internal/source"
)

// maxCandidates is how many values an unknown may turn out to have before it is
// simply unknown.
const maxCandidates = 16

// candidates returns all the values that an unknown expression can turn out to
// have, none if that cannot be told: both arms of a conditional whose condition
// is unknown, the elements of a collection under an unknown key. It follows
// parentheses, variables, local values and outputs.
func (e *evaluator) candidates(expr hclsyntax.Expression, f *source.File, s *scope) []cty.Value {
	search := &candidateSearch{e: e}
	if !search.expression(expr, f, s, 0) {
		return nil
	}
	return search.found
}

type candidateSearch struct {
	e     *evaluator
	found []cty.Value
}

// expression collects the values of an expression and reports whether these
// are all.
func (c *candidateSearch) expression(expr hclsyntax.Expression, f *source.File, s *scope, depth int) bool {
	if depth > maxModules {
		return false
	}
	if v := c.e.value(expr, f, s); v.IsWhollyKnown() {
		return c.add(v)
	}
	switch expr := expr.(type) {
	case *hclsyntax.ParenthesesExpr:
		return c.expression(expr.Expression, f, s, depth+1)
	case *hclsyntax.TemplateWrapExpr:
		return c.expression(expr.Wrapped, f, s, depth+1)
	case *hclsyntax.ConditionalExpr:
		condition := bare(c.e.value(expr.Condition, f, s))
		if condition, err := convert.Convert(condition, cty.Bool); err == nil && condition.IsKnown() && !condition.IsNull() {
			if condition.True() {
				return c.expression(expr.TrueResult, f, s, depth+1)
			}
			return c.expression(expr.FalseResult, f, s, depth+1)
		}
		return c.expression(expr.TrueResult, f, s, depth+1) && c.expression(expr.FalseResult, f, s, depth+1)
	case *hclsyntax.IndexExpr:
		return !c.e.value(expr.Key, f, s).IsKnown() && c.elements(c.e.value(expr.Collection, f, s))
	case *hclsyntax.RelativeTraversalExpr:
		return c.within(expr, f, s, depth)
	case *hclsyntax.FunctionCallExpr:
		if expr.Name != "lookup" || len(expr.Args) < 2 || c.e.value(expr.Args[1], f, s).IsKnown() {
			return false
		}
		if len(expr.Args) == 3 && !c.expression(expr.Args[2], f, s, depth+1) {
			return false
		}
		return c.elements(c.e.value(expr.Args[0], f, s))
	case *hclsyntax.ScopeTraversalExpr:
		return c.follow(expr, s, depth)
	}
	return false
}

// within collects what a traversal finds in each candidate of its source:
// accounts[local.environment].retention.
func (c *candidateSearch) within(expr *hclsyntax.RelativeTraversalExpr, f *source.File, s *scope, depth int) bool {
	inner := &candidateSearch{e: c.e}
	if !inner.expression(expr.Source, f, s, depth+1) {
		return false
	}
	for _, v := range inner.found {
		part, diagnostics := expr.Traversal.TraverseRel(v)
		if diagnostics.HasErrors() || !part.IsWhollyKnown() || !c.add(part) {
			return false
		}
	}
	return true
}

// follow looks behind var.x, local.x and module.x.y.
func (c *candidateSearch) follow(expr *hclsyntax.ScopeTraversalExpr, s *scope, depth int) bool {
	t := expr.Traversal
	if s == nil || len(t) < 2 {
		return false
	}
	if _, hidden := s.names[t.RootName()]; hidden {
		return false
	}
	name := attributeName(t, 1)
	switch root := t.RootName(); {
	case root == "local" && len(t) == 2 && s.in.module.locals[name] != nil:
		a := s.in.module.locals[name].arguments[0]
		return c.expression(a.expr, a.file, &scope{in: s.in}, depth+1)
	case root == "var" && len(t) == 2 && s.in.parent != nil && s.in.module.variables[name] != nil:
		a := s.in.call.argument(name)
		if a == nil {
			return false
		}
		constraint, _ := s.in.constraint(s.in.module.variables[name])
		inner := &candidateSearch{e: c.e}
		if !inner.expression(a.expr, a.file, s.in.at, depth+1) {
			return false
		}
		for _, v := range inner.found {
			v, err := convert.Convert(v, constraint)
			if err != nil || !c.add(v) {
				return false
			}
		}
		return true
	case root == "module" && len(t) == 3 && s.in.module.calls[name] != nil:
		x := s.in.expand(s.in.module.calls[name])
		if x.mode != single {
			return false
		}
		child := s.in.child(s.in.module.calls[name], x.members[0])
		if child == nil || child.module.outputs[attributeName(t, 2)] == nil {
			return false
		}
		a := child.module.outputs[attributeName(t, 2)].argument("value")
		return a != nil && c.expression(a.expr, a.file, &scope{in: child}, depth+1)
	}
	return false
}

// elements takes up every element of a known collection.
func (c *candidateSearch) elements(v cty.Value) bool {
	v, _ = v.UnmarkDeep()
	if v.IsNull() || !v.CanIterateElements() || !v.IsWhollyKnown() {
		return false
	}
	for it := v.ElementIterator(); it.Next(); {
		if _, element := it.Element(); !c.add(element) {
			return false
		}
	}
	return true
}

// add takes up one value and reports whether there is still room.
func (c *candidateSearch) add(v cty.Value) bool {
	v, _ = v.UnmarkDeep()
	for _, known := range c.found {
		if known.RawEquals(v) {
			return true
		}
	}
	c.found = append(c.found, v)
	return len(c.found) <= maxCandidates
}
