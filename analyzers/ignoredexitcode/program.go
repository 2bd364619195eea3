package ignoredexitcode

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// A program is what the packages of one package main come to.
type program struct {
	*gatherer
	shutdown *shutdown.Program
	funcs    map[string]*Func
	roots    []string // commands, by ID
	seen     map[string]bool
}

func newProgram(g *gatherer, s *shutdown.Program) *program {
	p := &program{gatherer: g, shutdown: s, funcs: make(map[string]*Func), seen: make(map[string]bool)}
	add := func(e *Endings) {
		for i := range e.Funcs {
			p.funcs[e.Funcs[i].ID] = &e.Funcs[i]
		}
		p.roots = append(p.roots, e.Commands...)
	}
	for _, f := range g.pass.AllPackageFacts() {
		if e, ok := f.Fact.(*Endings); ok {
			add(e)
		}
	}
	add(&g.endings)
	slices.Sort(p.roots)
	p.roots = slices.Compact(p.roots)
	return p
}

// judge follows main and the commands that are no service.
func (p *program) judge(main string) {
	if p.shutdown.Developing() && !isScript(p.pass.Pkg.Path()) {
		return
	}
	service := p.shutdown.Service()
	doubt := ""
	if service != nil && !p.shutdown.Serves() {
		doubt = service.Unsure
	}
	jobs := 0
	for _, id := range p.roots {
		if p.shutdown.ServesIn(id) {
			continue
		}
		if f := p.funcs[id]; f == nil || f.Fails {
			jobs++
		}
	}
	switch {
	case service == nil && !p.shutdown.Serves():
		p.visit(main, doubt, false)
	case jobs > 0 || doubt != "":
		p.visit(main, doubt, doubt == "") // what it starts may be a job
	}
	for _, id := range p.roots {
		if !p.shutdown.ServesIn(id) {
			p.visit(id, doubt, false)
		}
	}
}

// isScript reports whether a package lies in a folder for scripts: unlike other
// helps of developers, these do what an operator relies on.
func isScript(path string) bool {
	return slices.ContainsFunc(strings.Split(path, "/"), func(name string) bool { return name == "script" || name == "scripts" })
}

// maxDepth is how many functions lie between main, or a command, and one that is
// still taken for a part of the program rather than of a library.
const maxDepth = 2

// visit judges a function and those with whose end it ends, the nearest first.
// If the program serves, only the running of its commands counts.
func (p *program) visit(root, doubt string, serves bool) {
	level := []string{root}
	for depth := 0; depth <= maxDepth; depth++ {
		var next []string
		for _, id := range level {
			f := p.funcs[id]
			if f == nil || p.seen[id] {
				continue
			}
			p.seen[id] = true
			p.decide(f, doubt, serves)
			next = append(next, f.Ends...)
		}
		level = next
	}
}

func (p *program) decide(f *Func, doubt string, serves bool) {
	if !serves {
		for _, site := range f.Checked {
			p.examine(site, doubt)
		}
	}
	for _, fault := range f.Faults {
		if serves && !fault.Runs {
			continue
		}
		p.examine(fault.Site, doubt)
		if doubt == "" {
			p.report(fault)
		}
	}
}

func (p *program) examine(site shutdown.Site, doubt string) {
	span, ok := shutdown.Span(p.pass, site)
	switch {
	case !ok:
	case doubt != "":
		p.gatherer.judge.Undetermined(span, doubt)
	default:
		p.gatherer.judge.Examine(span)
	}
}

func (p *program) report(fault Fault) {
	span, ok := shutdown.Span(p.pass, fault.Site)
	if !ok {
		return
	}
	finding := judge.Finding{Range: span, Message: fault.Message, Detail: judge.Detail{Key: fault.Failed}}
	if fix, ok := p.fixes[fault.Site]; ok {
		finding.Fixes = []analysis.SuggestedFix{fix}
	}
	p.gatherer.judge.Report(finding)
}
