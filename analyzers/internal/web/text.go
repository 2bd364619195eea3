package web

import (
	"go/constant"
	"go/types"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A Text is a text of which some parts are only known to the callers: each part
// is a constant after an equals sign, a cell, or [unknownPart].
type Text []string

const (
	unknownPart = "?"
	// unknownText stands for what is not known of a text.
	unknownText = "…"
)

func literal(s string) Text { return Text{"=" + s} }

var unknownTexts = []Text{{unknownPart}}

// maxTexts bounds how many texts a value is taken to be.
const maxTexts = 64

// maxValues bounds how many values are looked at to find out what one may be.
const maxValues = 1000

// texts returns what a string may be.
func (g *gatherer) texts(v ssa.Value) []Text {
	g.budget = maxValues
	return g.textsOf(v, maxSteps)
}

func (g *gatherer) textsOf(v ssa.Value, steps int) []Text {
	if g.budget--; steps == 0 || v == nil || g.budget < 0 {
		return unknownTexts
	}
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.String {
			return []Text{literal(constant.StringVal(v.Value))}
		}
		if v.Value == nil {
			return []Text{literal("")}
		}
	case *ssa.BinOp:
		return joined(g.textsOf(v.X, steps-1), g.textsOf(v.Y, steps-1))
	case *ssa.Phi:
		return g.any(v.Edges, steps/2)
	case *ssa.Parameter:
		return []Text{{g.cell(v)}}
	case *ssa.FreeVar:
		if bound := bindingOf(v); bound != nil {
			return g.textsOf(bound, steps-1)
		}
	case *ssa.ChangeType, *ssa.MakeInterface, *ssa.Convert, *ssa.TypeAssert, *ssa.ChangeInterface:
		return g.textsOf(plain(v), steps-1)
	case *ssa.UnOp:
		return g.loaded(v.X, steps-1)
	case *ssa.Field:
		return []Text{{g.cell(v)}}
	case *ssa.Index:
		return g.elementTexts(v.X, steps-1)
	case *ssa.Call:
		return g.callTexts(v, 0, steps-1)
	case *ssa.Extract:
		switch tuple := v.Tuple.(type) {
		case *ssa.Call:
			return g.callTexts(tuple, v.Index, steps-1)
		case *ssa.Next:
			return g.rangeTexts(tuple, v.Index, steps-1)
		}
	}
	return unknownTexts
}

// any adds up what several values may be.
func (g *gatherer) any(values []ssa.Value, steps int) []Text {
	var all []Text
	for _, v := range values {
		all = append(all, g.textsOf(v, steps)...)
	}
	if len(all) == 0 || len(all) > maxTexts {
		return unknownTexts
	}
	return all
}

// joined concatenates each of some texts with each of others.
func joined(heads, tails []Text) []Text {
	if len(heads)*len(tails) > maxTexts {
		return unknownTexts
	}
	var all []Text
	for _, head := range heads {
		for _, tail := range tails {
			all = append(all, slices.Concat(head, tail))
		}
	}
	return all
}

// loaded returns what may be read from an address.
func (g *gatherer) loaded(addr ssa.Value, steps int) []Text {
	if steps <= 0 {
		return unknownTexts
	}
	switch addr := addr.(type) {
	case *ssa.Alloc:
		values, open := storedIn(addr)
		if open || len(values) == 0 {
			return unknownTexts
		}
		return g.any(values, steps)
	case *ssa.FreeVar:
		if bound := bindingOf(addr); bound != nil {
			return g.loaded(bound, steps-1)
		}
	case *ssa.Global:
		if values := g.globals[addr]; addr.Pkg.Pkg == g.pass.Pkg && len(values) > 0 {
			return g.any(values, steps)
		}
		return []Text{{g.cell(addr)}}
	case *ssa.FieldAddr:
		return []Text{{g.cell(addr)}}
	case *ssa.IndexAddr:
		return g.elementTexts(addr.X, steps-1)
	}
	return unknownTexts
}

// elementTexts returns what the elements of an array or slice may be.
func (g *gatherer) elementTexts(v ssa.Value, steps int) []Text {
	return g.any(g.elementsOf(v, steps), steps)
}

// elementsOf returns the elements of a collection that is a literal, directly or
// in a variable.
func (g *gatherer) elementsOf(v ssa.Value, steps int) []ssa.Value {
	if steps <= 0 {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Slice, *ssa.Alloc:
		if values := elements(v); len(values) > 0 {
			return values
		}
		if alloc, ok := v.(*ssa.Alloc); ok {
			return g.elementsOfAll(alloc, steps)
		}
	case *ssa.UnOp:
		if global, ok := v.X.(*ssa.Global); ok {
			var all []ssa.Value
			for _, value := range g.globals[global] {
				all = append(all, g.elementsOf(value, steps-1)...)
			}
			return all
		}
		if alloc, ok := v.X.(*ssa.Alloc); ok {
			if values := elements(alloc); len(values) > 0 {
				return values
			}
			return g.elementsOfAll(alloc, steps)
		}
	case *ssa.FreeVar:
		if bound := bindingOf(v); bound != nil {
			return g.elementsOf(bound, steps-1)
		}
	}
	return nil
}

func (g *gatherer) elementsOfAll(alloc *ssa.Alloc, steps int) []ssa.Value {
	values, open := storedIn(alloc)
	if open || len(values) != 1 {
		return nil
	}
	return g.elementsOf(values[0], steps-1)
}

// rangeTexts returns what the keys or elements of a map that is ranged over may
// be.
func (g *gatherer) rangeTexts(next *ssa.Next, index, steps int) []Text {
	r, ok := next.Iter.(*ssa.Range)
	if !ok {
		return unknownTexts
	}
	x := r.X
	if load, ok := x.(*ssa.UnOp); ok {
		var values []ssa.Value
		switch cell := load.X.(type) {
		case *ssa.Global:
			values = g.globals[cell]
		case *ssa.Alloc:
			values, _ = storedIn(cell)
		}
		if len(values) == 1 {
			x = values[0]
		}
	}
	made, ok := x.(*ssa.MakeMap)
	if !ok {
		return unknownTexts
	}
	var all []ssa.Value
	for _, user := range *made.Referrers() {
		switch user := user.(type) {
		case *ssa.MapUpdate:
			all = append(all, map[int]ssa.Value{1: user.Key, 2: user.Value}[index])
		case *ssa.Range, *ssa.Lookup, *ssa.Store:
		default:
			return unknownTexts
		}
	}
	return g.any(all, steps)
}

var verb = regexp.MustCompile(`%[-+#0 ]*[0-9.]*[a-zA-Z]`)

// callTexts returns what a call may yield.
func (g *gatherer) callTexts(v *ssa.Call, index, steps int) []Text {
	c := g.callOf(v)
	if c.fn == nil || c.fn.Pkg() == nil {
		return unknownTexts
	}
	switch c.path + "." + c.name {
	case "fmt.Sprintf":
		return g.formatted(c, steps)
	case "path.Join", "net/url.JoinPath":
		return g.pathJoined(c.rest(0), steps)
	case "strings.TrimSuffix", "strings.TrimRight", "strings.ToLower", "strings.TrimSpace", "strings.TrimPrefix", "strings.TrimLeft", "strings.Clone", "path.Clean":
		return g.textsOf(c.arg(0), steps)
	case "fmt.Sprint":
		all := []Text{{}}
		for _, arg := range c.rest(0) {
			all = joined(all, g.textsOf(arg, steps))
		}
		return all
	}
	if g.isOwn(c.fn.Pkg()) {
		return []Text{{resultCell(c.id(), index)}}
	}
	return unknownTexts
}

func (g *gatherer) formatted(c *call, steps int) []Text {
	format, ok := constantOf(c.arg(0))
	if !ok {
		return unknownTexts
	}
	args := c.rest(1)
	all := []Text{{}}
	for i, rest := 0, format; ; i++ {
		at := verb.FindStringIndex(rest)
		if at == nil {
			return joined(all, []Text{literal(rest)})
		}
		all = joined(all, []Text{literal(rest[:at[0]])})
		if letter := rest[at[1]-1]; i < len(args) && (letter == 's' || letter == 'v') {
			all = joined(all, g.textsOf(args[i], steps))
		} else {
			all = joined(all, unknownTexts)
		}
		rest = rest[at[1]:]
	}
}

func (g *gatherer) pathJoined(args []ssa.Value, steps int) []Text {
	all := []Text{{}}
	for i, arg := range args {
		if i > 0 {
			all = joined(all, []Text{literal("/")})
		}
		all = joined(all, g.textsOf(arg, steps))
	}
	return all
}

func constantOf(v ssa.Value) (string, bool) {
	if v == nil {
		return "", false
	}
	c, ok := plain(v).(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(c.Value), true
}

func isText(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

// joinPath puts a path below a prefix.
func joinPath(prefix, below string) string {
	switch {
	case prefix == "" || prefix == "/":
		return below
	case below == "" || below == "/":
		return prefix
	case strings.HasPrefix(below, unknownText):
		return strings.TrimSuffix(prefix, "/") + "/" + below
	}
	joined := path.Join(prefix, below)
	if strings.HasSuffix(below, "/") {
		joined += "/"
	}
	return joined
}
