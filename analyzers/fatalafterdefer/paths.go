package fatalafterdefer

import (
	"cmp"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/exits"
	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// Paths is the fact of a package whose functions may end the process: what they
// call and what is deferred meanwhile, so that a program knows which of the
// cleanups of callers an exit skips.
type Paths struct{ Funcs []Func }

// AFact marks Paths as a fact.
func (*Paths) AFact() {}

// A Func is a declared function that exits or calls others that do.
type Func struct {
	ID    string
	Exits []Exit
	Calls []Call
}

// An Exit is a call that ends the process and skips nothing in its own function.
type Exit struct {
	Text    string
	Site    shutdown.Site
	Cleans  []string // cleanups that were called on the way to it
	Flushes string   // see exits.Exit
	Returns bool     // the function returns an error
}

// A Call is a call of a function of the module.
type Call struct {
	Func    string
	Pending []Skip
}

// A Skip is a deferred call that matters.
type Skip struct {
	Text, Name, Library string
	Site                shutdown.Site
}

func (c *checker) sites(pending []deferred) []Skip {
	var skips []Skip
	for _, d := range pending {
		skips = append(skips, Skip{Text: d.Text, Name: exits.CalleeName(d.call), Library: d.library, Site: shutdown.SiteOf(c.pass, d.stmt)})
	}
	return skips
}

// prune drops what leads to no exit.
func (p *Paths) prune(pass *analysis.Pass) {
	exiting := make(map[string]bool)
	for _, f := range pass.AllPackageFacts() {
		if paths, ok := f.Fact.(*Paths); ok {
			for _, fn := range paths.Funcs {
				exiting[fn.ID] = true
			}
		}
	}
	for changed := true; changed; {
		changed = false
		for _, fn := range p.Funcs {
			if !exiting[fn.ID] && (len(fn.Exits) > 0 || slices.ContainsFunc(fn.Calls, func(c Call) bool { return exiting[c.Func] })) {
				exiting[fn.ID], changed = true, true
			}
		}
	}
	p.Funcs = slices.DeleteFunc(p.Funcs, func(f Func) bool { return !exiting[f.ID] })
	for i := range p.Funcs {
		f := &p.Funcs[i]
		f.Calls = slices.DeleteFunc(f.Calls, func(c Call) bool { return !exiting[c.Func] })
	}
	slices.SortFunc(p.Funcs, func(a, b Func) int { return cmp.Compare(a.ID, b.ID) })
}

// program follows main and reports the exits that skip what its callers have
// deferred.
func (c *checker) program() {
	funcs := make(map[string]*Func)
	for _, f := range c.pass.AllPackageFacts() {
		if paths, ok := f.Fact.(*Paths); ok {
			for i := range paths.Funcs {
				funcs[paths.Funcs[i].ID] = &paths.Funcs[i]
			}
		}
	}
	for i := range c.paths.Funcs {
		funcs[c.paths.Funcs[i].ID] = &c.paths.Funcs[i]
	}
	w := &walk{checker: c, funcs: funcs, seen: make(map[string]bool), reported: make(map[shutdown.Site]bool)}
	w.visit(reach.ID(c.graph.Main.Fn), nil)
}

// A walk follows the calls of a program on its main goroutine.
type walk struct {
	*checker
	funcs    map[string]*Func
	seen     map[string]bool // by function and innermost pending call
	reported map[shutdown.Site]bool
}

// visit follows a function; pending is what its callers have deferred, the
// innermost first.
func (w *walk) visit(id string, pending []Skip) {
	f := w.funcs[id]
	key := id
	for _, p := range pending {
		key += " " + p.Site.String()
	}
	if f == nil || w.seen[key] || len(pending) > maxPending {
		return
	}
	w.seen[key] = true
	for _, exit := range f.Exits {
		i := slices.IndexFunc(pending, func(s Skip) bool { return !exit.does(s) })
		if i >= 0 && !w.reported[exit.Site] {
			w.reported[exit.Site] = true
			w.reportAt(exit, pending[i])
		}
	}
	for _, call := range f.Calls {
		w.visit(call.Func, slices.Concat(slices.Clone(call.Pending), pending))
	}
}

// maxPending bounds how deep calls that defer something are followed.
const maxPending = 24

// does reports whether a deferred call was made by hand on the way to an exit.
func (e Exit) does(s Skip) bool {
	return slices.Contains(e.Cleans, s.Name) || e.Flushes != "" && logapi.Path(e.Flushes) == logapi.Path(s.Library)
}

func (w *walk) reportAt(exit Exit, skip Skip) {
	span, ok := shutdown.Span(w.pass, exit.Site)
	if !ok {
		return
	}
	finding := judge.Finding{Range: span, Message: message(exit.Text, skip.Text, exit.Returns), Detail: judge.Detail{Key: exit.Text + " " + skip.Text}}
	if at, ok := shutdown.Span(w.pass, skip.Site); ok {
		finding.Related = []analysis.RelatedInformation{{Pos: at.From, End: at.To, Message: "deferred here, in a caller"}}
	}
	w.judge.Examine(span)
	w.judge.Report(finding)
}
