package terraform

import (
	"path"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// resourceDocument writes one instance of a managed resource or module call in
// the shape that the package comment describes.
func (t *target) resourceDocument(i *instance, b *block, m *member) *document.Document {
	kind, name, config := b.label(0), b.label(1), kindResource
	address := b.label(0) + "." + b.label(1)
	if b.kind == "module" {
		kind, name, config = "module", b.label(0), kindModule
		address = "module." + b.label(0)
	}
	w := &writer{e: i.e}
	body := w.body(b, m.scope, nil, b.file, string(config))
	header := b.header
	provider := i.provider(b)
	d := &document.Document{
		File: b.file, Family: "terraform", Kind: kind, Name: address, WholeMember: true,
		Root: &document.Node{Kind: document.Mapping, Range: header},
	}
	instances := "known"
	if strings.Contains(i.address+m.index, "[*]") {
		instances = "unknown"
	}
	add := func(key string, value any) {
		d.Root.Members = append(d.Root.Members, document.Member{Key: key, Value: plain(value)})
	}
	add("kind", kind)
	add("name", name)
	if m.key != "" {
		add("key", m.key)
	}
	add("address", i.qualify(address)+m.index)
	add("configuration", join(i.path, address))
	add("ref", t.ref(i.qualify(address)+m.index))
	add("mode", "managed")
	add("root", t.root.dir)
	add("module", i.address)
	add("target", t.name)
	add("profile", t.profile(i, name, body, provider))
	add("instances", instances)
	add("provider", provider.input())
	d.Root.Members = append(d.Root.Members, document.Member{Key: "config", Value: body})
	add("unknown", paths(w.unknown))
	add("candidates", w.candidateInput())
	add("sensitive", paths(w.secrets))
	add("references", w.referenceInput())
	add("origins", t.originInput(w.origins))
	add("calls", t.calls(i))
	add("meta", meta(b))
	return d
}

type configKind string

const (
	kindResource configKind = "resource"
	kindModule   configKind = "module"
)

// ref names a document of this target for related locations.
func (t *target) ref(address string) string {
	return t.root.dir + "@" + t.name + "//" + address
}

// calls lists the refs of the module calls that lead to an instance, from the
// root inward.
func (t *target) calls(i *instance) []any {
	var refs []any
	if i.parent != nil {
		refs = append(t.calls(i.parent), t.ref(i.address))
	}
	return refs
}

// originInput lists where values were written, with a document to point at for
// each place.
func (t *target) originInput(entries []originEntry) []any {
	list := []any{}
	for _, entry := range entries {
		o := entry.from
		ref := "value@" + o.file.Path + ":" + strconv.Itoa(o.at.Start)
		if t.refs[ref] == nil {
			t.refs[ref] = &document.Document{
				File: o.file, Family: "terraform", Kind: "value", Name: o.name, Root: &document.Node{Kind: document.Null, Range: o.at},
			}
		}
		call := ""
		if o.call != "" {
			call = t.ref(o.call)
		}
		list = append(list, map[string]any{"path": steps(entry.path), "kind": string(o.kind), "name": o.name, "ref": ref, "call": call})
	}
	return list
}

func (w *writer) candidateInput() []any {
	list := []any{}
	for _, c := range w.candidates {
		values := []any{}
		for _, v := range c.values {
			values = append(values, plainValue(v))
		}
		list = append(list, map[string]any{"path": steps(c.path), "values": values})
	}
	return list
}

func (w *writer) referenceInput() []any {
	list := []any{}
	for _, entry := range w.references {
		// One entry per attribute, since an expression may name several things.
		for _, r := range entry.to {
			list = append(list, map[string]any{"path": steps(entry.path), "to": []any{r.address}, "attribute": r.attribute})
		}
	}
	return list
}

// meta is what Terraform itself is told about the resource.
func meta(b *block) map[string]any {
	out := map[string]any{}
	for _, lifecycle := range b.nested("lifecycle") {
		if a := lifecycle.argument("prevent_destroy"); a != nil {
			v, diagnostics := a.expr.Value(nil)
			out["prevent_destroy"] = !diagnostics.HasErrors() && v.Type() == cty.Bool && v.IsKnown() && !v.IsNull() && v.True()
		}
		if a := lifecycle.argument("ignore_changes"); a != nil {
			ignored := []any{}
			if exprs, diagnostics := hcl.ExprList(a.expr); !diagnostics.HasErrors() {
				for _, expr := range exprs {
					ignored = append(ignored, strings.Trim(a.file.Text(extent(expr.Range())), `"`))
				}
			} else {
				ignored = append(ignored, strings.Trim(a.file.Text(extent(a.expr.Range())), `"`))
			}
			out["ignore_changes"] = ignored
		}
	}
	return out
}

// A provider is the configuration that a resource is made with.
type provider struct {
	name, alias, version string
	region               cty.Value
	tags                 cty.Value // default_tags, NilVal if there are none
}

func (p provider) input() map[string]any {
	out := map[string]any{"name": p.name}
	if p.alias != "" {
		out["alias"] = p.alias
	}
	if p.version != "" {
		out["version"] = p.version
	}
	if p.region != cty.NilVal && isString(p.region) {
		out["region"] = bare(p.region).AsString()
	}
	if tags, ok := knownTags(p.tags); ok {
		out["tags"] = tags
	}
	return out
}

// knownTags returns the tags that a provider gives to all its resources.
func knownTags(v cty.Value) (any, bool) {
	if v == cty.NilVal || !v.IsWhollyKnown() {
		return nil, false
	}
	tags, ok := plainValue(v).(map[string]any)
	return tags, ok
}

// provider finds the provider of a resource: in its module, else in the callers'.
func (i *instance) provider(b *block) provider {
	name, _, _ := strings.Cut(b.label(0), "_")
	p := provider{name: name}
	if a := b.argument("provider"); a != nil {
		text := strings.Trim(a.file.Text(extent(a.expr.Range())), `"`)
		p.name, p.alias, _ = strings.Cut(text, ".")
	}
	if b.kind == "module" {
		return provider{}
	}
	for up := i; up != nil; up = up.parent {
		if p.version == "" {
			p.version = up.module.required(p.name)
		}
		for _, config := range up.module.providers {
			if config.label(0) != p.name || literal(config.argument("alias")) != p.alias || p.region != cty.NilVal {
				continue
			}
			s := &scope{in: up}
			p.region = cty.DynamicVal
			if a := config.argument("region"); a != nil {
				p.region = i.e.value(a.expr, a.file, s)
			}
			for _, tags := range config.nested("default_tags") {
				if a := tags.argument("tags"); a != nil {
					p.tags = i.e.value(a.expr, a.file, s)
				}
			}
			if a := config.argument("default_labels"); a != nil {
				p.tags = i.e.value(a.expr, a.file, s)
			}
		}
	}
	return p
}

// required returns the version constraint of a provider.
func (m *module) required(name string) string {
	for _, settings := range m.settings {
		for _, required := range settings.nested("required_providers") {
			a := required.argument(name)
			if a == nil {
				continue
			}
			object, ok := unwrap(a.expr).(*hclsyntax.ObjectConsExpr)
			if !ok {
				return literal(a)
			}
			_, parts := objectParts(object)
			if version, ok := parts["version"]; ok {
				return literal(&argument{expr: version})
			}
		}
	}
	return ""
}

// literal returns the text of a string that needs no evaluation, else "".
func literal(a *argument) string {
	if a == nil {
		return ""
	}
	v, diagnostics := a.expr.Value(nil)
	if diagnostics.HasErrors() || !isString(v) {
		return ""
	}
	return v.AsString()
}

// isExample reports whether a root only shows or tests something.
func isExample(dir string) bool {
	for segment := range strings.SplitSeq(dir, "/") {
		switch strings.ToLower(segment) {
		case "examples", "example", "test", "tests", "fixtures", "testdata":
			return true
		}
	}
	return false
}

// below returns a directory as seen from the base of the check.
func below(base, dir string) string {
	base = path.Clean(base)
	if base == "." || base == "" {
		return dir
	}
	if dir == base {
		return "."
	}
	return strings.TrimPrefix(dir, base+"/")
}

// place returns the location of a block's header.
func (b *block) place() source.Location { return source.Location{File: b.file, Range: b.header} }
