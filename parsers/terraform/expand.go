package terraform

import (
	"fmt"
	"strconv"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

type expansionMode uint8

const (
	single      expansionMode = iota // neither count nor for_each
	counted                          // a tuple
	keyed                            // an object
	unknownKeys                      // one placeholder
)

// An expansion is the instances of a block with count or for_each.
type expansion struct {
	mode    expansionMode
	members []*member
}

// A member is one instance of a resource or module call.
type member struct {
	key   string // "" of a block without keys, "*" of a placeholder
	index string // as it is written behind the address: `["eu"]`, "[0]", ""
	scope *scope

	child      *instance // of a call, once it is known
	unresolved bool
}

// collect makes one value of the values of all instances.
func (x *expansion) collect(value func(m *member) cty.Value) cty.Value {
	switch x.mode {
	case counted:
		items := []cty.Value{}
		for _, m := range x.members {
			items = append(items, value(m))
		}
		return cty.TupleVal(items)
	case keyed:
		items := map[string]cty.Value{}
		for _, m := range x.members {
			items[m.key] = value(m)
		}
		return cty.ObjectVal(items)
	}
	return value(x.members[0])
}

// expand returns the instances of a resource or module call.
func (i *instance) expand(b *block) *expansion {
	if x := i.expansions[b]; x != nil {
		return x
	}
	// While its own count is being computed, what it is stays open.
	here := &scope{in: i}
	i.expansions[b] = placeholder(here)
	x := i.instances(b, here)
	i.expansions[b] = x
	return x
}

func placeholder(here *scope) *expansion {
	s := here.with("each", cty.ObjectVal(map[string]cty.Value{"key": cty.UnknownVal(cty.String), "value": cty.DynamicVal}))
	s = s.with("count", cty.ObjectVal(map[string]cty.Value{"index": cty.UnknownVal(cty.Number)}))
	s.tentative = true
	return &expansion{mode: unknownKeys, members: []*member{{key: "*", index: "[*]", scope: s}}}
}

func (i *instance) instances(b *block, here *scope) *expansion {
	if a := b.argument("count"); a != nil {
		return i.counted(a, here)
	}
	if a := b.argument("for_each"); a != nil {
		return i.keyed(a, here)
	}
	for _, lifecycle := range b.nested("lifecycle") {
		if a := lifecycle.argument("enabled"); a != nil {
			v, _ := i.e.value(a.expr, a.file, here).UnmarkDeep()
			v, err := convert.Convert(v, cty.Bool)
			switch {
			case err != nil || v.IsNull() || !v.IsKnown():
				return placeholder(here)
			case v.False():
				return &expansion{mode: counted}
			}
		}
	}
	return &expansion{mode: single, members: []*member{{scope: here}}}
}

func (i *instance) counted(a *argument, here *scope) *expansion {
	v, _ := i.e.value(a.expr, a.file, here).UnmarkDeep()
	v, err := convert.Convert(v, cty.Number)
	if err != nil || v.IsNull() || !v.IsKnown() {
		return placeholder(here)
	}
	n, _ := v.AsBigFloat().Int64()
	if !i.few(int(n), a) {
		return placeholder(here)
	}
	x := &expansion{mode: counted}
	for index := range n {
		s := here.with("count", cty.ObjectVal(map[string]cty.Value{"index": cty.NumberIntVal(index)}))
		x.members = append(x.members, &member{key: strconv.FormatInt(index, 10), index: fmt.Sprintf("[%d]", index), scope: s})
	}
	return x
}

// few reports whether a block has as many instances as we are ready to look at.
func (i *instance) few(n int, a *argument) bool {
	if n <= maxInstances {
		return true
	}
	i.e.notices.add(finding.Notice{
		Location:   source.Location{File: a.file, Range: a.extent},
		Message:    fmt.Sprintf("expand block: it has more than %d instances and is judged as one", maxInstances),
		Incomplete: true,
	})
	return false
}

func (i *instance) keyed(a *argument, here *scope) *expansion {
	v, marks := i.e.value(a.expr, a.file, here).Unmark()
	if !v.IsKnown() || v.IsNull() || !v.CanIterateElements() || !i.few(v.LengthInt(), a) {
		return placeholder(here)
	}
	if t := v.Type(); t.IsTupleType() || t.IsListType() {
		i.e.notices.remark(a.file, a.extent, "expand block: for_each takes a map or a set of strings, not a list")
		return placeholder(here)
	}
	x := &expansion{mode: keyed}
	for it := v.ElementIterator(); it.Next(); {
		key, value := it.Element()
		key, _ = key.Unmark()
		if !isString(key) {
			return placeholder(here)
		}
		name := key.AsString()
		s := here.with("each", cty.ObjectVal(map[string]cty.Value{"key": key, "value": value.WithMarks(marks)}))
		x.members = append(x.members, &member{key: name, index: fmt.Sprintf("[%q]", name), scope: s})
	}
	return x
}

// A placedBlock is a block with the scope of its arguments.
type placedBlock struct {
	block *block
	scope *scope
	// by is the dynamic block that made it, nil if it was written itself.
	by *block
}

// blocks returns the nested blocks of one type, dynamic ones expanded. Open
// means that there may be more or fewer.
func (e *evaluator) blocks(b *block, kind string, s *scope) (list []placedBlock, open bool) {
	for _, n := range b.blocks {
		switch {
		case n.kind == kind:
			list = append(list, placedBlock{block: n, scope: s})
		case n.kind == "dynamic" && n.label(0) == kind:
			made, unknown := e.dynamic(n, s)
			list = append(list, made...)
			open = open || unknown
		}
	}
	return list, open
}

// dynamic expands a dynamic block.
func (e *evaluator) dynamic(b *block, s *scope) (list []placedBlock, open bool) {
	contents, a := b.nested("content"), b.argument("for_each")
	if a == nil || len(contents) == 0 {
		return nil, true
	}
	content := *contents[0]
	content.kind, content.header = b.label(0), b.header
	v, marks := e.value(a.expr, a.file, s).Unmark()
	if !v.IsKnown() || v.IsNull() || !v.CanIterateElements() || v.LengthInt() > maxInstances {
		return nil, true
	}
	iterator := b.label(0)
	if named := b.argument("iterator"); named != nil {
		iterator = named.file.Text(extent(named.expr.Range()))
	}
	for it := v.ElementIterator(); it.Next(); {
		if !e.budget.spend(costBlock) {
			return nil, true
		}
		key, value := it.Element()
		if v.Type().IsSetType() {
			key = value
		}
		inner := s.with(iterator, cty.ObjectVal(map[string]cty.Value{"key": key, "value": value.WithMarks(marks)}))
		list = append(list, placedBlock{block: &content, scope: inner, by: b})
	}
	return list, false
}
