package terraform

import (
	"bytes"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/json"
	"github.com/zclconf/go-cty/cty"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// blockLabels says how many labels the blocks have that Terraform itself
// knows. The JSON syntax does not tell a block from an argument.
var blockLabels = map[string]int{
	"resource": 2, "data": 2, "ephemeral": 2, "module": 1, "variable": 1, "output": 1, "provider": 1, "check": 1,
	"locals": 0, "terraform": 0, "moved": 0, "removed": 0, "import": 0,
}

// nestedLabels likewise for blocks inside a block, whatever its type: those of
// Terraform itself. A provider's are in nestedNames.
var nestedLabels = map[string]int{
	"dynamic": 1, "provisioner": 1, "backend": 1, "content": 0, "lifecycle": 0, "connection": 0, "cloud": 0, "required_providers": 0,
	"validation": 0, "precondition": 0, "postcondition": 0,
}

// parseJSON turns a file of the JSON syntax into blocks of the native one, so
// that nothing behind it has to know the difference.
func parseJSON(f *source.File) (*block, []document.Comment, *trouble) {
	if i := deepJSON(f.Content); i >= 0 {
		return nil, nil, &trouble{at: source.Range{Start: i, End: i + 1}, message: "the value is nested too deeply"}
	}
	text, start := f.Content, hcl.InitialPos
	if trimmed, ok := bytes.CutPrefix(text, []byte("\ufeff")); ok {
		start.Byte, text = len(text)-len(trimmed), trimmed
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return &block{file: f}, nil, nil
	}
	expr, diagnostics := json.ParseExpressionWithStartPos(text, f.Path, start)
	if diagnostics.HasErrors() {
		return nil, nil, firstError(diagnostics)
	}
	c := &jsonReader{file: f}
	body := c.top(expr)
	if c.trouble != nil {
		return nil, nil, c.trouble
	}
	return body, c.comments, nil
}

// A jsonReader converts the expressions of one file. It keeps the first trouble.
type jsonReader struct {
	file     *source.File
	comments []document.Comment
	trouble  *trouble
}

// top reads the outermost object.
func (c *jsonReader) top(expr hcl.Expression) *block {
	body := &block{file: c.file, extent: extent(expr.Range())}
	pairs, diagnostics := hcl.ExprMap(expr)
	if diagnostics.HasErrors() {
		c.trouble = &trouble{at: extent(expr.Range()), message: "the file holds no object"}
		return body
	}
	c.remark(pairs, body.extent)
	variables := isVariableFile(c.file.Path)
	for _, p := range pairs {
		name, key := c.key(p)
		if labels, ok := blockLabels[name]; ok && !variables {
			body.blocks = append(body.blocks, c.blocks(name, labels, nil, key, p.Value)...)
			continue
		}
		if name != "//" {
			c.add(body, p)
		}
	}
	return body
}

// key returns the text of a member's name and its range, quotes included.
func (c *jsonReader) key(p hcl.KeyValuePair) (string, source.Range) {
	v, _ := p.Key.Value(nil)
	return v.AsString(), extent(p.Key.Range())
}

// blocks reads the blocks of one type: an object per label, then a body or a
// list of bodies.
func (c *jsonReader) blocks(kind string, labelsLeft int, labels []string, header source.Range, expr hcl.Expression) []*block {
	if items, diagnostics := hcl.ExprList(expr); !diagnostics.HasErrors() {
		var all []*block
		for _, item := range items {
			all = append(all, c.blocks(kind, labelsLeft, labels, header, item)...)
		}
		return all
	}
	pairs, diagnostics := hcl.ExprMap(expr)
	if diagnostics.HasErrors() {
		if v, _ := expr.Value(nil); !v.IsNull() && c.trouble == nil { // null: no such block
			c.trouble = &trouble{at: extent(expr.Range()), message: "a block of type " + kind + " must be an object"}
		}
		return nil
	}
	if labelsLeft == 0 {
		body := c.body(pairs, extent(expr.Range()))
		body.kind, body.labels, body.header = kind, labels, header
		body.extent.Start = min(body.extent.Start, header.Start)
		c.remark(pairs, body.extent)
		return []*block{body}
	}
	var all []*block
	for _, p := range pairs {
		name, key := c.key(p)
		if name == "//" {
			continue
		}
		all = append(all, c.blocks(kind, labelsLeft-1, append(labels[:len(labels):len(labels)], name), key, p.Value)...)
	}
	return all
}

// body reads the inside of a block.
func (c *jsonReader) body(pairs []hcl.KeyValuePair, r source.Range) *block {
	body := &block{file: c.file, extent: r}
	for _, p := range pairs {
		name, key := c.key(p)
		labels, known := nestedLabels[name]
		switch {
		case name == "//":
		case known || nestedNames[name] && isBlockValue(p.Value):
			body.blocks = append(body.blocks, c.blocks(name, labels, nil, key, p.Value)...)
		default:
			c.add(body, p)
		}
	}
	return body
}

// add adds an argument; of two with the same name the first stays.
func (c *jsonReader) add(body *block, p hcl.KeyValuePair) {
	name, key := c.key(p)
	if body.argument(name) != nil {
		return
	}
	expr := c.expression(p.Value)
	countSteps(expr)
	body.arguments = append(body.arguments, &argument{
		name: name, file: c.file, key: key, expr: expr,
		extent: source.Range{Start: key.Start, End: p.Value.Range().End.Byte},
	})
}

// isBlockValue reports whether a value can be a block or a list of blocks.
func isBlockValue(expr hcl.Expression) bool {
	if _, diagnostics := hcl.ExprMap(expr); !diagnostics.HasErrors() {
		return true
	}
	items, diagnostics := hcl.ExprList(expr)
	if diagnostics.HasErrors() {
		return false
	}
	for _, item := range items {
		if _, diagnostics := hcl.ExprMap(item); diagnostics.HasErrors() {
			return false
		}
	}
	return true
}

// remark keeps the comments of an object: its "//" members.
func (c *jsonReader) remark(pairs []hcl.KeyValuePair, scope source.Range) {
	for _, p := range pairs {
		if name, _ := c.key(p); name != "//" {
			continue
		}
		v, _ := p.Value.Value(nil)
		if v.IsNull() || v.Type() != cty.String || !strings.Contains(v.AsString(), directive) {
			continue
		}
		c.comments = append(c.comments, document.Comment{
			Range: extent(p.Value.Range()), Text: strings.TrimSpace(v.AsString()), Scope: scope,
		})
	}
}

// expression turns a JSON value into the native expression that means the same:
// a string is a template.
func (c *jsonReader) expression(x hcl.Expression) hclsyntax.Expression {
	if items, diagnostics := hcl.ExprList(x); !diagnostics.HasErrors() {
		tuple := &hclsyntax.TupleConsExpr{SrcRange: x.Range(), OpenRange: x.StartRange()}
		for _, item := range items {
			tuple.Exprs = append(tuple.Exprs, c.expression(item))
		}
		return tuple
	}
	if pairs, diagnostics := hcl.ExprMap(x); !diagnostics.HasErrors() {
		object := &hclsyntax.ObjectConsExpr{SrcRange: x.Range(), OpenRange: x.StartRange()}
		for _, p := range pairs {
			if name, _ := c.key(p); name == "//" {
				continue
			}
			object.Items = append(object.Items, hclsyntax.ObjectConsItem{
				KeyExpr: c.template(p.Key), ValueExpr: c.expression(p.Value),
			})
		}
		return object
	}
	v, _ := x.Value(nil)
	if !v.IsNull() && v.Type() == cty.String {
		return c.template(x)
	}
	return &hclsyntax.LiteralValueExpr{Val: v, SrcRange: x.Range()}
}

// template reads a JSON string as the template it is. Offsets inside it are
// exact unless it contains escapes; its own range always is.
func (c *jsonReader) template(x hcl.Expression) hclsyntax.Expression {
	v, _ := x.Value(nil)
	text, r := v.AsString(), x.Range()
	literal := &hclsyntax.LiteralValueExpr{Val: v, SrcRange: r}
	if !strings.Contains(text, "${") && !strings.Contains(text, "%{") {
		return literal
	}
	start := r.Start
	start.Byte, start.Column = start.Byte+1, start.Column+1
	tokens, _ := hclsyntax.LexTemplate([]byte(text), r.Filename, start) // the parser reports what it finds
	if trouble := checkNesting(tokens); trouble != nil {
		c.fail(trouble)
		return literal
	}
	expr, diagnostics := hclsyntax.ParseTemplate([]byte(text), r.Filename, start)
	if diagnostics.HasErrors() {
		c.fail(firstError(diagnostics))
		return literal
	}
	return &hclsyntax.ParenthesesExpr{Expression: expr, SrcRange: r}
}

func (c *jsonReader) fail(t *trouble) {
	if c.trouble == nil {
		c.trouble = t
	}
}
