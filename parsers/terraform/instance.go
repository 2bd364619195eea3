package terraform

import (
	"maps"
	"path"
	"path/filepath"

	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/opslint/opslint/internal/source"
)

// An instance is one instance of a module: the root, or one instance of a call.
type instance struct {
	e      *evaluator
	module *module
	// parent, call and at (where the call's arguments are evaluated) are nil in
	// the root.
	parent *instance
	call   *block
	at     *scope
	// address has the keys of instances, path has not; both are "" in the root.
	address, path string
	level         int
	tentative     bool // the call may not exist at all
	values        map[string]*cell
	expansions    map[*block]*expansion
}

// A cell is a value that is computed once.
type cell struct {
	done bool
	v    cty.Value
}

func (e *evaluator) instance(m *module) *instance {
	return &instance{e: e, module: m, values: map[string]*cell{}, expansions: map[*block]*expansion{}}
}

// qualify puts the module's address before a resource's.
func (i *instance) qualify(address string) string { return join(i.address, address) }

func join(module, address string) string {
	if module == "" {
		return address
	}
	return module + "." + address
}

// once computes a value on first use. A value that needs itself is unknown.
func (i *instance) once(key string, f *source.File, at source.Range, compute func() cty.Value) cty.Value {
	if c := i.values[key]; c != nil {
		if !c.done {
			i.e.notices.remark(f, at, "evaluate expression: "+key+" depends on itself")
			return cty.DynamicVal
		}
		return c.v
	}
	c := &cell{}
	i.values[key] = c
	c.v = compute()
	c.done = true
	return c.v
}

// named returns a variable ("var") or a local value ("local").
func (i *instance) named(kind, name string, f *source.File, at source.Range) cty.Value {
	table := i.module.variables
	if kind == "local" {
		table = i.module.locals
	}
	b := table[name]
	if b == nil {
		if !i.module.incomplete && !i.e.generated {
			i.e.notices.missing(i.module, kind+"."+name, f, at)
		}
		return cty.DynamicVal
	}
	return i.once(kind+"."+name, f, at, func() cty.Value {
		if kind == "local" {
			a := b.arguments[0]
			return i.e.value(a.expr, a.file, &scope{in: i})
		}
		return i.variable(name, b)
	})
}

// variable computes a variable: what the caller or a file of values gives, else
// its default, in its type.
func (i *instance) variable(name string, b *block) cty.Value {
	constraint, defaults := i.constraint(b)
	v, o := i.given(name)
	if o != nil && bare(v).IsNull() && i.isFalse(b, "nullable") {
		o = nil
	}
	if o == nil {
		a := b.argument("default")
		if a == nil || i.parent == nil && i.e.wrapped {
			return i.conceal(b, cty.UnknownVal(constraint))
		}
		v = i.e.value(a.expr, a.file, nil)
		o = &origin{file: a.file, at: a.extent, kind: fromDefault}
	}
	o.name = "var." + name
	if defaults != nil {
		v = defaults.Apply(v)
	}
	converted, err := convert.Convert(v, constraint)
	if err != nil {
		i.e.notices.remark(o.file, o.at, "evaluate variable: "+name+" does not fit its type: "+err.Error())
		converted = cty.UnknownVal(constraint)
	}
	return i.conceal(b, converted.Mark(*o))
}

// given returns the value that a caller or a file of values gives a variable.
func (i *instance) given(name string) (cty.Value, *origin) {
	if i.parent == nil {
		a := i.e.supplied[name]
		if a == nil {
			return cty.NilVal, nil
		}
		return i.e.value(a.expr, a.file, nil), &origin{file: a.file, at: a.extent, kind: fromFile}
	}
	a := i.call.argument(name)
	if a == nil {
		return cty.NilVal, nil
	}
	return i.e.value(a.expr, a.file, i.at), &origin{file: a.file, at: a.extent, kind: fromCall, call: i.address}
}

// constraint returns the declared type of a variable and the defaults in it.
func (i *instance) constraint(b *block) (cty.Type, *typeexpr.Defaults) {
	a := b.argument("type")
	if a == nil {
		return cty.DynamicPseudoType, nil
	}
	expr := a.expr
	if text, diagnostics := expr.Value(nil); !diagnostics.HasErrors() && isString(text) {
		// JSON, or the quoted types of Terraform 0.11.
		switch text.AsString() {
		case "list":
			return cty.List(cty.DynamicPseudoType), nil
		case "map":
			return cty.Map(cty.DynamicPseudoType), nil
		}
		parsed, diagnostics := hclsyntax.ParseExpression([]byte(text.AsString()), a.file.Path, expr.Range().Start)
		if diagnostics.HasErrors() {
			return cty.DynamicPseudoType, nil
		}
		expr = parsed
	}
	constraint, defaults, diagnostics := typeexpr.TypeConstraintWithDefaults(expr)
	if diagnostics.HasErrors() {
		i.e.notices.remark(a.file, a.extent, "evaluate variable: "+firstError(diagnostics).message)
		return cty.DynamicPseudoType, nil
	}
	return constraint, defaults
}

// conceal marks the value of a sensitive variable or output.
func (i *instance) conceal(b *block, v cty.Value) cty.Value {
	if a := b.argument("sensitive"); a != nil && !i.isFalse(b, "sensitive") {
		return v.Mark(secret{})
	}
	return v
}

// isFalse reports whether an argument is written as false.
func (i *instance) isFalse(b *block, name string) bool {
	a := b.argument(name)
	if a == nil {
		return false
	}
	v, diagnostics := a.expr.Value(nil)
	return !diagnostics.HasErrors() && v.Type() == cty.Bool && v.IsKnown() && !v.IsNull() && v.False()
}

// output computes an output of the module.
func (i *instance) output(name string) cty.Value {
	b := i.module.outputs[name]
	a := b.argument("value")
	if a == nil {
		return cty.DynamicVal
	}
	return i.once("output."+name, a.file, a.extent, func() cty.Value {
		return i.conceal(b, i.e.value(a.expr, a.file, &scope{in: i}))
	})
}

// builtin returns path, terraform, tofu and self.
func (e *evaluator) builtin(name string, s *scope) cty.Value {
	switch name {
	case "path":
		return cty.ObjectVal(map[string]cty.Value{
			"module": cty.StringVal(e.relative(s.in.module.dir)),
			"root":   cty.StringVal("."),
			"cwd":    cty.UnknownVal(cty.String),
		})
	case "self":
		return cty.DynamicVal
	}
	// Nobody has chosen a workspace.
	return cty.ObjectVal(map[string]cty.Value{"workspace": cty.UnknownVal(cty.String), "env": cty.UnknownVal(cty.String)})
}

// relative returns a directory of the workspace as seen from the root module.
func (e *evaluator) relative(dir string) string {
	rel, err := filepath.Rel(filepath.FromSlash(e.dir), filepath.FromSlash(dir))
	if err != nil {
		return dir
	}
	return filepath.ToSlash(rel)
}

// resource returns what an expression needs of a managed resource.
func (i *instance) resource(name string, n *need, f *source.File) cty.Value {
	b := i.module.managed[name]
	if b == nil {
		return unknownFrom(i.qualify(name), n)
	}
	x := i.expand(b)
	return x.collect(func(m *member) cty.Value {
		address := i.qualify(name) + m.index
		if n.whole || x.mode == unknownKeys {
			return unknownFrom(address, n)
		}
		values := map[string]cty.Value{}
		for attribute, inner := range n.attributes {
			values[attribute] = i.attribute(b, m, address, attribute, inner)
		}
		return cty.ObjectVal(values)
	})
}

// attribute returns an attribute of a resource: what is configured, else unknown.
func (i *instance) attribute(b *block, m *member, address, name string, inner map[string]bool) cty.Value {
	mark := reference{address: address, attribute: name}
	if a := b.argument(name); a != nil && !isMeta("resource", name) {
		v := i.once(address+"."+name, a.file, a.extent, func() cty.Value { return i.e.value(a.expr, a.file, m.scope) })
		if bare(v).IsNull() {
			v = cty.DynamicVal
		}
		return v.Mark(mark)
	}
	list, open := i.e.blocks(b, name, m.scope)
	if open || len(list) == 0 {
		return cty.DynamicVal.Mark(mark)
	}
	var items []cty.Value
	for _, n := range list {
		values := map[string]cty.Value{}
		for name := range inner {
			values[name] = cty.DynamicVal
		}
		for _, a := range n.block.arguments {
			if inner[a.name] {
				values[a.name] = i.e.value(a.expr, a.file, n.scope)
			}
		}
		items = append(items, cty.ObjectVal(values))
	}
	return cty.TupleVal(items).Mark(mark)
}

// moduleValue returns what an expression needs of a module call.
func (i *instance) moduleValue(name string, n *need) cty.Value {
	b := i.module.calls[name]
	if b == nil {
		return unknownFrom(i.qualify("module."+name), n)
	}
	x := i.expand(b)
	return x.collect(func(m *member) cty.Value {
		child := i.child(b, m)
		if child == nil || x.mode == unknownKeys {
			return unknownFrom(i.qualify("module."+name)+m.index, n)
		}
		wanted := maps.Keys(n.attributes)
		if n.whole {
			wanted = maps.Keys(child.module.outputs)
		}
		values := map[string]cty.Value{}
		for output := range wanted {
			switch {
			case child.module.outputs[output] != nil:
				values[output] = child.output(output)
			case child.module.incomplete:
				values[output] = cty.DynamicVal
			}
		}
		return cty.ObjectVal(values)
	})
}

// child returns the instance of a called module, nil if the module is not in
// the workspace or calls itself.
func (i *instance) child(call *block, m *member) *instance {
	if m.child != nil || m.unresolved {
		return m.child
	}
	m.unresolved = true
	dir, local := localSource(i.module.dir, call)
	if !local {
		return nil
	}
	target := i.e.loader.module(dir)
	if target == nil {
		i.e.notices.remark(call.file, call.header, "resolve module: there is no configuration in "+dir)
		return nil
	}
	for up := i; up != nil; up = up.parent {
		if up.module == target || i.level >= maxModules {
			i.e.notices.remark(call.file, call.header, "resolve module: "+path.Clean(dir)+" ends up calling itself")
			return nil
		}
	}
	child := i.e.instance(target)
	child.parent, child.call, child.at, child.level = i, call, m.scope, i.level+1
	child.address = i.qualify("module."+call.label(0)) + m.index
	child.tentative = i.tentative || m.scope.tentative
	child.path = join(i.path, "module."+call.label(0))
	m.child, m.unresolved = child, false
	return child
}

// isMeta reports whether an argument of a resource ("resource") or module call
// ("module") is Terraform's own.
func isMeta(kind, name string) bool {
	switch name {
	case "count", "for_each", "provider", "depends_on":
		return true
	case "providers", "source", "version":
		return kind == "module"
	}
	return false
}
