package web

import (
	"slices"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// A whole is a program put together from what its packages say.
type whole struct {
	graph   *reach.Result
	service *shutdown.Program
	serving []Event // of what it runs while it serves
	running []Event // of what it runs at all
	into    map[string][]Event
	out     map[string][]string
	says    map[string][]Text
	// fields are those that hold handlers, by the type that they belong to.
	fields map[string][]string
	// does says of functions, by ID, that they log, measure or trace.
	does map[string]Role
	// budget is how many more texts, and groups how many more routers, are looked
	// at for one.
	budget, groups int
}

func newWhole(g *gatherer, own *Fact, service *shutdown.Program) *whole {
	w := &whole{
		graph: g.graph, service: service,
		into: make(map[string][]Event), out: make(map[string][]string), says: make(map[string][]Text), fields: make(map[string][]string), does: make(map[string]Role),
	}
	facts := []*Fact{own}
	for _, path := range sortedKeys(g.own) {
		facts = append(facts, g.own[path])
	}
	serving, running := g.graph.Serving(service), g.graph.Running()
	for _, fact := range facts {
		w.serving = append(w.serving, fact.Deeds.In(serving)...)
		w.running = append(w.running, fact.Deeds.In(running)...)
		for _, deed := range fact.Deeds {
			for _, e := range deed.Events {
				if e.Kind == doing {
					w.does[deed.Func] |= e.Role
				}
			}
		}
	}
	for _, e := range w.running {
		switch e.Kind {
		case flow:
			w.into[e.To] = append(w.into[e.To], e)
			w.out[e.From] = append(w.out[e.From], e.To)
			if strings.HasPrefix(e.To, fieldPrefix) {
				owner := e.To[len(fieldPrefix):strings.LastIndexByte(e.To, '.')]
				w.fields[owner] = append(w.fields[owner], e.To)
			}
		case say:
			w.says[e.To] = append(w.says[e.To], e.Text)
		}
	}
	return w
}

func (w *whole) program() *Program {
	p := &Program{Serves: w.service != nil && w.service.Serves()}
	for i := range w.serving {
		w.served(p, &w.serving[i])
	}
	w.objects(p)
	for i := range w.running {
		if e := &w.running[i]; e.Kind == metric {
			m := *e.Metric
			m.Site = e.Site
			p.Metrics = append(p.Metrics, m)
		}
	}
	p.order()
	return p
}

// served adds what an event says of what the program serves.
func (w *whole) served(p *Program, e *Event) {
	switch e.Kind {
	case route:
		w.route(p, e)
	case compared:
		for _, path := range w.expand(e.Text) {
			p.Routes = append(p.Routes, Route{Path: path, Compared: true, Tree: e.Tree, Library: "net/http", Handler: strings.TrimPrefix(e.Handler, functionPrefix), Site: e.Site})
		}
	case service:
		p.Services = append(p.Services, Service{Name: e.Name, Health: e.Role == healthService, Site: e.Site})
	case middleware:
		m := Middleware{Role: e.Role, Text: e.Name, Func: e.Handler, Site: e.Site}
		if m.Func != "" {
			m.Role |= w.doneBy(m.Func)
		}
		p.Middlewares = append(p.Middlewares, m)
	case provider:
		p.Provider = true
	case doing:
		p.Observes = p.Observes || e.Role.Has(Measuring)
	case unseen:
		p.Unseen = append(p.Unseen, Reason{e.Name, e.Site})
	case read:
		p.Read = append(p.Read, Reason{e.Name, e.Site})
	case mention:
		p.Mentions = append(p.Mentions, e.Name)
	}
}

// doneBy returns what a function and those that it calls do.
func (w *whole) doneBy(function string) Role {
	var role Role
	for id := range w.graph.From(function) {
		role |= w.does[id]
	}
	return role
}

// route adds the routes that an event registers, one per prefix and text.
func (w *whole) route(p *Program, e *Event) {
	origins := w.origins(e.Handler)
	for _, prefix := range w.prefixes(e.To) {
		for _, text := range w.expand(e.Text) {
			r := Route{Methods: e.Methods, Tree: e.Tree, Library: e.Library, Handler: named(origins), Site: e.Site}
			r.Path, r.Methods, r.Tree = pattern(e.Library, text, e.Methods, e.Tree)
			if r.Path = joinPath(prefix, r.Path); r.Path == "" {
				r.Path = "/"
			}
			p.Routes = append(p.Routes, r)
			w.hidden(p, e, &r, origins)
		}
	}
}

// hidden notes what a route keeps out of sight.
func (w *whole) hidden(p *Program, e *Event, r *Route, origins []string) {
	harmless := len(origins) > 0 && !slices.ContainsFunc(origins, func(o string) bool { return !strings.HasPrefix(o, plainPrefix) })
	_, known := r.Last()
	switch {
	case harmless:
	case !known && !r.Tree:
		p.Unseen = append(p.Unseen, Reason{"the path of a route is not constant", e.Site})
	case r.Tree:
		for _, o := range origins {
			if name, ok := strings.CutPrefix(o, foreignPrefix); ok {
				p.Unseen = append(p.Unseen, Reason{name + " answers below " + r.Path + ", its routes are out of sight", e.Site})
			}
		}
		if len(origins) == 0 {
			p.Unseen = append(p.Unseen, Reason{"what answers below " + r.Path + " is out of sight", e.Site})
		}
	}
}

// named spells what answers: an ID of a function, the name of what a library
// offers.
func named(origins []string) string {
	if len(origins) != 1 {
		return ""
	}
	for _, prefix := range []string{functionPrefix, typePrefix, plainPrefix, healthPrefix, foreignPrefix} {
		if name, ok := strings.CutPrefix(origins[0], prefix); ok {
			return name
		}
	}
	return ""
}

// pattern splits the pattern of a library into path and method, and says
// whether it holds for what lies below the path.
func pattern(library, text string, methods []string, tree bool) (string, []string, bool) {
	if library == "net/http" {
		if method, rest, ok := strings.Cut(text, " "); ok {
			text, methods = strings.TrimLeft(rest, " \t"), []string{method}
		}
		if i := strings.IndexByte(text, '/'); i > 0 && !strings.HasPrefix(text, unknownText) {
			text = text[i:] // without host
		}
		if bare, ok := strings.CutSuffix(text, "/{$}"); ok {
			return bare + "/", methods, false
		}
		return text, methods, tree || strings.HasSuffix(text, "/") || strings.HasSuffix(text, "...}")
	}
	last := text[strings.LastIndexByte(text, '/')+1:]
	return text, methods, tree || strings.HasPrefix(last, "*") || strings.HasSuffix(last, "*") || strings.HasPrefix(last, "{path:*") || strings.HasSuffix(last, ":*}")
}

// maxExpanded bounds how many texts one text may stand for.
const maxExpanded = 256

// maxParts bounds how many texts are looked at to find out what one may be.
const maxParts = 20000

// expand returns what a text may be.
func (w *whole) expand(text Text) []string {
	w.budget = maxParts
	return w.expandWith(text, nil)
}

func (w *whole) expandWith(text Text, seen []string) []string {
	all := []string{""}
	for _, part := range text {
		parts := w.part(part, seen)
		if len(all)*len(parts) > maxExpanded {
			parts = []string{unknownText}
		}
		var next []string
		for _, head := range all {
			for _, tail := range parts {
				next = append(next, head+tail)
			}
		}
		all = next
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (w *whole) part(part string, seen []string) []string {
	if text, ok := strings.CutPrefix(part, "="); ok {
		return []string{text}
	}
	if w.budget--; w.budget < 0 || part == unknownPart || part == "" || slices.Contains(seen, part) {
		return []string{unknownText}
	}
	var all []string
	for _, text := range w.says[part] {
		all = append(all, w.expandWith(text, append(slices.Clone(seen), part))...)
	}
	if len(all) == 0 || len(all) > maxExpanded {
		return []string{unknownText}
	}
	return all
}

// prefixes returns below what a router may be, "" for the root.
func (w *whole) prefixes(cell string) []string {
	w.groups = maxParts
	return w.prefixesWith(cell, nil)
}

func (w *whole) prefixesWith(cell string, seen []string) []string {
	if w.groups--; w.groups < 0 || cell == "" || slices.Contains(seen, cell) || len(seen) > maxSteps {
		return []string{""}
	}
	var all []string
	seen = append(slices.Clone(seen), cell)
	for _, e := range w.into[cell] {
		if slices.Contains(seen, e.From) || strings.HasPrefix(e.From, routerPrefix) {
			continue
		}
		for _, outer := range w.prefixesWith(e.From, seen) {
			for _, text := range w.expand(e.Text) {
				all = append(all, joinPath(outer, strings.TrimSuffix(text, "/*")))
			}
		}
	}
	if len(all) == 0 || len(all) > maxExpanded {
		return []string{""}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// origins returns the cells that what a cell holds comes from: functions, types,
// routers and what dependencies make, sorted. Without any, it is out of sight.
func (w *whole) origins(cell string) []string {
	found := make(map[string]bool)
	w.trace(cell, found, make(map[string]bool))
	return sortedKeys(found)
}

func (w *whole) trace(cell string, found, seen map[string]bool) {
	if cell == "" || seen[cell] {
		return
	}
	seen[cell] = true
	switch kind, name, _ := strings.Cut(cell, ":"); kind + ":" {
	case functionPrefix, routerPrefix, plainPrefix, healthPrefix, foreignPrefix:
		found[cell] = true
	case typePrefix:
		found[cell] = true
		owner := strings.TrimLeft(name[:strings.LastIndexByte(name, '.')], "(*")
		for _, field := range w.fields[strings.TrimSuffix(owner, ")")] {
			w.trace(field, found, seen)
		}
	case globalPrefix:
		if cell == defaultMux {
			found[routerPrefix+"net/http"] = true
		}
	}
	for _, e := range w.into[cell] {
		w.trace(e.From, found, seen)
	}
}

func (p *Program) order() {
	p.Routes = sortBySite(p.Routes, func(r *Route) shutdown.Site { return r.Site }, func(r *Route) string { return r.Path })
	p.Services = sortBySite(p.Services, func(s *Service) shutdown.Site { return s.Site }, func(s *Service) string { return s.Name })
	p.Servers = sortBySite(p.Servers, func(s *Server) shutdown.Site { return s.Site }, func(s *Server) string { return s.Text })
	p.Middlewares = sortBySite(p.Middlewares, func(m *Middleware) shutdown.Site { return m.Site }, func(m *Middleware) string { return m.Text })
	p.Clients = sortBySite(p.Clients, func(c *Client) shutdown.Site { return c.Site }, func(c *Client) string { return c.Text })
	p.Metrics = sortBySite(p.Metrics, func(m *Metric) shutdown.Site { return m.Site }, func(m *Metric) string { return m.Name })
	p.Unseen = sortBySite(p.Unseen, func(r *Reason) shutdown.Site { return r.Site }, func(r *Reason) string { return r.Text })
	p.Read = sortBySite(p.Read, func(r *Reason) shutdown.Site { return r.Site }, func(r *Reason) string { return r.Text })
	slices.Sort(p.Mentions)
	p.Mentions = slices.Compact(p.Mentions)
}
