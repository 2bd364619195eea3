package terraform

import (
	"bytes"
	"errors"
	"reflect"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/opslint/opslint/internal/source"
)

// What a configuration may ask of us. A module that needs more is a mistake or
// an attack; its value is then unknown, and a notice says so.
const (
	maxNesting   = 500        // brackets and templates, one within the other
	maxOperators = 1000       // operators that wait for each other's operands
	maxDepth     = 256        // values that wait for each other
	maxModules   = 32         // module calls, one within the other
	maxInstances = 10_000     // of one block
	maxDocuments = 100_000    // of one root
	maxElements  = 1_000_000  // of one value
	maxBytes     = 8 << 20    // of one value
	maxExponent  = 4096       // of a number, in bits
	maxSteps     = 20_000_000 // of one root; the largest public one we know takes 1.2 million
)

// What work costs in steps of some 50 ns; to look at an element is one.
const (
	costExpression = 16
	costRepeat     = 16 // one round of a loop
	costBlock      = 64 // one block made by a dynamic block
	costNode       = 4
	costConversion = 32 // of an element, to another type
)

var (
	errTooLarge = errors.New("the value would be too large")
	errTooLong  = errors.New("the module takes too long to evaluate")
)

// checkNesting walks the tokens before anything recursive sees them.
func checkNesting(tokens hclsyntax.Tokens) *trouble {
	pending := []int{0} // operators per open bracket since the last separator
	total, directives := 0, 0
	var last hclsyntax.TokenType
	for _, t := range tokens {
		switch {
		case opening[t.Type]:
			pending[len(pending)-1]++ // an index waits for its collection
			total++
			pending = append(pending, 0)
		case closing[t.Type]:
			if len(pending) > 1 {
				total -= pending[len(pending)-1]
				pending = pending[:len(pending)-1]
			}
			if t.Type == hclsyntax.TokenTemplateSeqEnd {
				total -= pending[len(pending)-1]
				pending[len(pending)-1] = 0
			}
		case t.Type == hclsyntax.TokenComma || t.Type == hclsyntax.TokenNewline:
			total -= pending[len(pending)-1]
			pending[len(pending)-1] = 0
		case t.Type == hclsyntax.TokenIdent && last == hclsyntax.TokenTemplateControl:
			directives += directiveDepth(string(t.Bytes))
		case t.Type == hclsyntax.TokenNumberLit && (len(t.Bytes) > 400 || longExponent(t.Bytes)):
			return &trouble{at: extent(t.Range), message: "the number is too large"}
		case operators[t.Type]:
			pending[len(pending)-1]++
			total++
		}
		if len(pending) > maxNesting || total > maxOperators || directives > maxNesting {
			return &trouble{at: extent(t.Range), message: "the expression is nested too deeply"}
		}
		last = t.Type
	}
	return nil
}

// directiveDepth is how a template directive (%{if}, %{endfor}) changes the depth.
func directiveDepth(name string) int {
	switch name {
	case "if", "for":
		return 1
	case "endif", "endfor":
		return -1
	}
	return 0
}

var (
	opening = map[hclsyntax.TokenType]bool{
		hclsyntax.TokenOBrace: true, hclsyntax.TokenOBrack: true, hclsyntax.TokenOParen: true, hclsyntax.TokenOQuote: true,
		hclsyntax.TokenOHeredoc: true, hclsyntax.TokenTemplateInterp: true, hclsyntax.TokenTemplateControl: true,
	}
	closing = map[hclsyntax.TokenType]bool{
		hclsyntax.TokenCBrace: true, hclsyntax.TokenCBrack: true, hclsyntax.TokenCParen: true, hclsyntax.TokenCQuote: true,
		hclsyntax.TokenCHeredoc: true, hclsyntax.TokenTemplateSeqEnd: true,
	}
)

var operators = map[hclsyntax.TokenType]bool{
	hclsyntax.TokenPlus: true, hclsyntax.TokenMinus: true, hclsyntax.TokenStar: true, hclsyntax.TokenSlash: true, hclsyntax.TokenPercent: true,
	hclsyntax.TokenAnd: true, hclsyntax.TokenOr: true, hclsyntax.TokenBang: true, hclsyntax.TokenQuestion: true, hclsyntax.TokenEqualOp: true,
	hclsyntax.TokenNotEqual: true, hclsyntax.TokenLessThan: true, hclsyntax.TokenLessThanEq: true, hclsyntax.TokenGreaterThan: true,
	hclsyntax.TokenGreaterThanEq: true,
}

// longExponent reports whether a number has an exponent of four digits or more.
func longExponent(number []byte) bool {
	_, exponent, found := bytes.Cut(bytes.ToLower(number), []byte("e"))
	return found && len(bytes.TrimLeft(exponent, "+-0")) > 3
}

// deepJSON returns the offset where brackets nest too deeply, or -1.
func deepJSON(b []byte) int {
	depth, quoted := 0, false
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			if depth++; depth > maxNesting {
				return i
			}
		case c == ']' || c == '}':
			depth--
		}
	}
	return -1
}

// A budget is what the evaluation of one root may still cost. It travels in the
// evaluation context, under a name that no identifier can spell.
type budget struct{ steps int }

const budgetName = "\x00budget"

var budgetType = cty.Capsule("budget", reflect.TypeFor[budget]())

// spend takes n steps and reports whether there were as many.
func (b *budget) spend(n int) bool {
	b.steps -= n
	return b.steps >= 0
}

// countedExpr is what a loop or a template repeats: every run of it costs. As a parenthesis
// it keeps what it holds visible to walkers.
type countedExpr struct{ *hclsyntax.ParenthesesExpr }

// Value implements hcl.Expression.
func (c *countedExpr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	v, diagnostics := c.Expression.Value(ctx)
	cost, _ := measure(v)
	for root := ctx; root != nil; root = root.Parent() {
		if b, ok := root.Variables[budgetName]; ok && !b.EncapsulatedValue().(*budget).spend(costRepeat+cost) {
			panic(errTooLong) // the loop around it cannot be left by an error; evaluator.value catches it
		}
	}
	return v, diagnostics
}

// countSteps makes the loops and templates in an expression count what they do.
func countSteps(expr hclsyntax.Expression) {
	counted := func(e hclsyntax.Expression) hclsyntax.Expression {
		return &countedExpr{&hclsyntax.ParenthesesExpr{Expression: e, SrcRange: e.Range()}}
	}
	// The visitor has no error of its own to hand on.
	_ = hclsyntax.VisitAll(expr, func(n hclsyntax.Node) hcl.Diagnostics {
		switch n := n.(type) {
		case *hclsyntax.ForExpr:
			n.ValExpr = counted(n.ValExpr)
		case *hclsyntax.SplatExpr:
			n.Each = counted(n.Each)
		case *hclsyntax.TemplateExpr:
			for i, part := range n.Parts {
				if _, ok := part.(*hclsyntax.LiteralValueExpr); !ok {
					n.Parts[i] = counted(part)
				}
			}
		}
		return nil
	})
}

// measure returns what it costs to look at a value, an element or eight bytes a
// step, and stops when there are more than a value may have. It looks into
// marked values as well.
func measure(v cty.Value) (steps int, ok bool) {
	elements, bytes := 0, 0
	var walk func(v cty.Value) bool
	walk = func(v cty.Value) bool {
		if elements++; elements > maxElements {
			return false
		}
		v, _ = v.Unmark()
		switch {
		case !v.IsKnown() || v.IsNull():
			return true
		case v.Type() == cty.String:
			bytes += len(v.AsString())
			return bytes <= maxBytes
		case v.Type() == cty.Number:
			exponent := v.AsBigFloat().MantExp(nil)
			return exponent <= maxExponent && exponent >= -maxExponent
		case v.CanIterateElements():
			for it := v.ElementIterator(); it.Next(); {
				if _, e := it.Element(); !walk(e) {
					return false
				}
			}
		}
		return true
	}
	ok = walk(v)
	return elements + bytes/8, ok
}

// locate is the range of a diagnostic's subject.
func locate(d *hcl.Diagnostic, otherwise source.Range) source.Range {
	if d.Subject == nil {
		return otherwise
	}
	return extent(*d.Subject)
}
