package dockerfile

import (
	"strings"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// image returns the effective configuration of the final stage.
func (p *parsed) image(c *config, files *imageFiles, development bool) *document.Node {
	final := p.stages[len(p.stages)-1]
	s := c.start(files)
	m := newMapping(source.Range{})
	stage := newMapping(source.Range{})
	stage.put("index", number(final.index))
	if final.name != "" {
		stage.put("name", scalar(final.name, true, final.from().arguments[2].text.place()))
	}
	m.put("stage", stage.node)
	m.put("development", truth(development))
	m.put("base", c.baseNode())
	m.put("images", p.images(c))
	if c.entrypoint != nil {
		m.putAt("entrypoint", c.entrypoint.keyword, p.commandNode(c.entrypoint, "", s.entrypoint))
	}
	if c.command != nil && c.command.keyword != (source.Range{}) {
		m.putAt("command", c.command.keyword, p.commandNode(c.command, s.commandRole, s.command))
	}
	if s.init != "" {
		m.put("init", fact(s.init))
	}
	if s.wrapped != nil {
		m.put("wrapped", s.wrapped.node())
	}
	m.put("scripts", scriptNodes(s.scripts))
	m.put("programs", programNodes(s.programs))
	p.putSettings(m, c)
	return m.node
}

// putSettings adds what does not concern the start.
func (p *parsed) putSettings(m mapping, c *config) {
	for _, member := range []struct {
		key string
		*setting
	}{{"user", c.user}, {"stopsignal", c.stopSignal}} {
		if member.setting != nil && len(member.arguments) > 0 {
			written := member.arguments[0]
			value, isKnown := c.scope.expand(written.value, p.escape)
			m.putAt(member.key, member.keyword, scalar(value, isKnown, written.text.place()))
		}
	}
	if h := c.healthcheck; h != nil {
		entry := newMapping(source.Range{})
		entry.put("none", truth(len(h.arguments) > 0 && strings.EqualFold(h.arguments[0].value, "NONE")))
		for _, f := range h.flags {
			if entry.node.Get(f.name) == nil && f.name != "none" {
				entry.put(f.name, scalar(f.value, true, f.place))
			}
		}
		m.putAt("healthcheck", h.keyword, entry.node)
	}
	var ports []*document.Node
	for _, i := range c.ports {
		for _, a := range i.arguments {
			value, isKnown := c.scope.expand(a.value, p.escape)
			ports = append(ports, scalar(value, isKnown, a.text.place()))
		}
	}
	m.put("ports", sequence(ports))
	var variables []*document.Node
	for _, a := range p.allAssignments(c) {
		entry := newMapping(source.Range{Start: a.pair.name.place().Start, End: max(a.pair.name.place().End, a.pair.value.place().End)})
		entry.put("name", scalar(a.pair.name.s, true, a.pair.name.place()))
		entry.put("value", scalar(a.variable.value, a.variable.known, a.pair.value.place()))
		entry.put("known", truth(a.variable.known))
		entry.put("instruction", fact(a.instruction.name))
		variables = append(variables, entry.node)
	}
	m.put("environment", sequence(variables))
}

// allAssignments returns what ENV and ARG set on the way to the image, the
// arguments before the first FROM included.
func (p *parsed) allAssignments(c *config) []assignment {
	var all []assignment
	global := globalScope()
	for _, i := range p.global {
		all = append(all, global.assign(i, global, p.escape)...)
	}
	return append(all, c.assignments...)
}

func (c *config) baseNode() *document.Node {
	m := newMapping(source.Range{})
	m.put("image", c.base.node)
	m.put("known", truth(c.base.known))
	m.put("shell", fact(c.sh()))
	m.put("entrypoint", fact(c.baseInfo.entrypoint))
	return m.node
}

// images lists the images outside the file that end up in this one: its base,
// the bases of the stages that it copies from, and images it copies from.
func (p *parsed) images(c *config) *document.Node {
	var nodes []*document.Node
	listed := map[source.Range]bool{}
	add := func(r reference, use string) {
		if listed[r.node.Range] {
			return
		}
		listed[r.node.Range] = true
		m := newMapping(source.Range{})
		m.put("image", r.node)
		m.put("known", truth(r.known))
		m.put("use", fact(use))
		nodes = append(nodes, m.node)
	}
	add(c.base, "base")
	for i := range c.copies {
		step := &c.copies[i]
		if step.from != nil {
			add(step.from.base, "stage")
		} else if from, ok := step.flag("from"); ok && step.external {
			image, isKnown := c.scope.expand(from.value, p.escape)
			add(reference{image: image, known: isKnown, node: scalar(image, isKnown, from.place)}, "copy")
		}
	}
	return sequence(nodes)
}

// commandNode returns an ENTRYPOINT or CMD.
func (p *parsed) commandNode(set *setting, role string, shell *shellRun) *document.Node {
	m := newMapping(source.Range{})
	m.put("form", fact(set.form))
	m.put("stage", number(set.stage))
	m.put("inherited", truth(set.stage != len(p.stages)-1))
	if role != "" {
		m.put("role", fact(role))
	}
	if set.form == formExec {
		m.put("arguments", argumentNodes(set.arguments))
		return m.node
	}
	if set.malformed {
		m.put("malformed", truth(true))
	}
	if len(set.arguments) > 0 {
		m.put("text", scalar(set.arguments[0].value, true, set.arguments[0].text.place()))
	}
	if shell != nil {
		m.put("run", shell.node())
	}
	return m.node
}

func (r *shellRun) node() *document.Node {
	m := newMapping(source.Range{})
	m.put("shell", fact(r.shell))
	m.put("instruction", fact(r.instruction))
	m.put("guarded", truth(r.guarded))
	if !r.whole.Empty() {
		m.put("text", scalar(r.text.s, true, r.whole))
	}
	r.analysis.put(m)
	return m.node
}

func (a *analysis) put(m mapping) {
	m.put("parsed", truth(a.parsed))
	m.put("shape", fact(a.shape))
	m.put("traps", truth(a.traps))
	var ends []*document.Node
	for _, e := range a.ends {
		entry := newMapping(source.Range{})
		entry.put("kind", fact(e.kind))
		entry.put("branch", truth(e.branch))
		entry.put("pipeline", truth(e.pipeline))
		entry.put("program", fact(e.name))
		statement := scalar(e.statement, true, e.place)
		statement.File = a.file
		entry.put("statement", statement)
		ends = append(ends, entry.node)
	}
	m.put("ends", sequence(ends))
}

func scriptNodes(scripts []scriptRun) *document.Node {
	var nodes []*document.Node
	for _, r := range scripts {
		m := newMapping(source.Range{})
		m.put("path", fact(r.path))
		m.put("instruction", fact(r.instruction))
		m.put("guarded", truth(r.guarded))
		m.put("shell", fact(r.shell))
		m.put("found", truth(r.analysis != nil))
		if r.analysis != nil {
			r.analysis.put(m)
		}
		nodes = append(nodes, m.node)
	}
	return sequence(nodes)
}

func programNodes(programs []programRun) *document.Node {
	var nodes []*document.Node
	for _, r := range programs {
		m := newMapping(source.Range{})
		m.put("name", fact(r.name))
		m.put("instruction", fact(r.instruction))
		m.put("guarded", truth(r.guarded))
		var words []*document.Node
		for _, w := range r.words {
			words = append(words, w.node())
		}
		m.put("arguments", sequence(words))
		nodes = append(nodes, m.node)
	}
	return sequence(nodes)
}
