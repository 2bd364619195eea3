package web

import (
	"slices"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// objects adds the servers and clients of a program with what is set on them.
func (w *whole) objects(p *Program) {
	made := make(map[string]*Event)
	for i := range w.running {
		if e := &w.running[i]; e.Kind == object && (made[e.To] == nil || made[e.To].Site == shutdown.Site{}) {
			made[e.To] = e
		}
	}
	for i := range w.serving {
		if e := &w.serving[i]; e.Kind == serve {
			w.server(p, e, made)
		}
	}
	w.routesOfSinks(p)
	w.clients(p, made)
}

// server adds a serving call; one that is known already is given another
// address.
func (w *whole) server(p *Program, e *Event, made map[string]*Event) {
	s := Server{Protocol: e.Protocol, Library: e.Library, Text: e.Name, Limited: e.Limited, Excused: e.Excused, Site: e.Site}
	if e.Text != nil {
		s.Addresses = constantsIn(w.expand(e.Text))
	}
	if i := slices.IndexFunc(p.Servers, func(known Server) bool { return known.Site == e.Site }); i >= 0 {
		p.Servers[i].Addresses = append(p.Servers[i].Addresses, s.Addresses...)
		return
	}
	handlers, answering := w.origins(e.Handler), []string{e.Handler}
	if e.To != "" {
		cells := w.behind(e.To, made)
		if len(cells) == 0 && !strings.HasSuffix(e.To, "Echo.Server") {
			s.Unknown = "what " + e.Name + " serves is made out of sight"
		}
		if len(cells) == 0 && strings.HasSuffix(e.To, "Echo.Server") {
			made[e.To] = &Event{Kind: object, To: e.To}
			cells = []string{e.To}
		}
		for _, cell := range cells {
			o, addresses := w.object(made[cell])
			s.Objects = append(s.Objects, o)
			s.Addresses = append(s.Addresses, addresses...)
			if e.Handler == "" {
				found, cells := w.handlersOf(cell)
				handlers, answering = append(handlers, found...), append(answering, cells...)
			}
		}
	}
	s.settle(handlers)
	s.Side = w.side(handlers, answering)
	w.unseenHandlers(p, &s, handlers)
	p.Servers = append(p.Servers, s)
}

// settle fills in what follows from the objects and handlers.
func (s *Server) settle(handlers []string) {
	slices.Sort(handlers)
	for _, handler := range slices.Compact(handlers) {
		_, name, _ := strings.Cut(handler, ":")
		s.Handlers = append(s.Handlers, name)
	}
	for i, o := range s.Objects {
		if s.Unknown == "" {
			s.Unknown = o.Unknown
		}
		if i == 0 {
			s.Timeouts = slices.Clone(o.Fields)
			continue
		}
		s.Timeouts = slices.DeleteFunc(s.Timeouts, func(field string) bool { return !slices.Contains(o.Fields, field) })
	}
	slices.Sort(s.Addresses)
	s.Addresses = slices.Compact(s.Addresses)
}

// unseenHandlers notes that what a server answers with is out of sight.
func (w *whole) unseenHandlers(p *Program, s *Server, handlers []string) {
	if s.Protocol == GRPC {
		return
	}
	if len(handlers) == 0 && s.Library != "gin" && s.Library != "echo" && s.Library != "fiber" {
		p.Unseen = append(p.Unseen, Reason{"what " + s.Text + " answers with is out of sight", s.Site})
	}
	for _, handler := range handlers {
		if name, ok := strings.CutPrefix(handler, foreignPrefix); ok {
			p.Unseen = append(p.Unseen, Reason{name + " answers for " + s.Text + ", its routes are out of sight", s.Site})
		}
	}
}

// routesOfSinks notes that the program is held by a server of a library whose
// routes are not known.
func (w *whole) routesOfSinks(p *Program) {
	if !p.Serves || w.service.Service() == nil {
		return
	}
	for _, sink := range w.service.Service().Sinks {
		known := slices.ContainsFunc(p.Servers, func(s Server) bool { return s.Site == sink.Site })
		if !sink.Loop && !sink.Worker && !known {
			p.Unseen = append(p.Unseen, Reason{"what " + sink.Text + " serves is out of sight", sink.Site})
		}
	}
}

func constantsIn(texts []string) []string {
	return slices.DeleteFunc(texts, func(text string) bool { return strings.Contains(text, unknownText) })
}

// behind returns the cells of the objects that a cell may hold.
func (w *whole) behind(cell string, made map[string]*Event) []string {
	seen := make(map[string]bool)
	var found []string
	for queue := []string{cell}; len(queue) > 0; queue = queue[1:] {
		if c := queue[0]; c != "" && !seen[c] {
			seen[c] = true
			if made[c] != nil {
				found = append(found, c)
			}
			for _, e := range w.into[c] {
				queue = append(queue, e.From)
			}
		}
	}
	slices.Sort(found)
	return found
}

// ahead returns the cells that may hold what a cell holds, itself included.
func (w *whole) ahead(cell string) map[string]bool {
	seen := make(map[string]bool)
	for queue := []string{cell}; len(queue) > 0; queue = queue[1:] {
		if c := queue[0]; c != "" && !seen[c] {
			seen[c] = true
			queue = append(queue, w.out[c]...)
		}
	}
	return seen
}

// object returns what is set on a server or client, and its addresses.
func (w *whole) object(e *Event) (Object, []string) {
	o := Object{Site: e.Site, Literal: e.Literal, Excused: e.Excused}
	var addresses []string
	ahead := w.ahead(e.To)
	if e.Library == "retryablehttp.Client" {
		for _, cell := range w.innerClients() {
			ahead[cell] = true
		}
	}
	for i := range w.running {
		s := &w.running[i]
		if !ahead[s.To] {
			continue
		}
		switch s.Kind {
		case set:
			if s.Name == "Addr" {
				addresses = append(addresses, constantsIn(w.expand(s.Text))...)
			}
			if !slices.Contains(o.Fields, s.Name) {
				o.Fields = append(o.Fields, s.Name)
			}
		case give:
			o.Unknown = s.Name + " is given it and may change it"
		}
	}
	slices.Sort(o.Fields)
	return o, addresses
}

// innerClients returns the cells of what clients of retryablehttp work with.
func (w *whole) innerClients() []string {
	var cells []string
	for cell := range w.into {
		if strings.HasPrefix(cell, fieldPrefix+retryable) && strings.HasSuffix(cell, ".Client.HTTPClient") {
			cells = append(cells, cell)
			for _, e := range w.into[cell] {
				cells = append(cells, e.From)
			}
		}
	}
	for i := range w.running {
		if e := &w.running[i]; e.Kind == set && strings.HasPrefix(e.To, fieldPrefix+retryable) {
			cells = append(cells, e.To)
		}
	}
	return cells
}

// handlersOf returns what a server answers with, and the cells that hold it.
func (w *whole) handlersOf(server string) (handlers, cells []string) {
	for cell := range w.ahead(server) {
		if len(w.into[cell+handlerSuffix]) > 0 {
			cells = append(cells, cell+handlerSuffix)
			handlers = append(handlers, w.origins(cell+handlerSuffix)...)
		}
	}
	if len(cells) == 0 {
		return []string{routerPrefix + "net/http"}, []string{defaultMux}
	}
	slices.Sort(cells)
	return handlers, cells
}

// side reports whether all that a server answers with shows metrics, profiles,
// variables or files.
func (w *whole) side(handlers, cells []string) bool {
	routed := false
	for _, handler := range handlers {
		switch {
		case strings.HasPrefix(handler, routerPrefix):
			routed = true
		case !strings.HasPrefix(handler, plainPrefix):
			return false
		}
	}
	if !routed {
		return len(handlers) > 0
	}
	routers := make(map[string]bool)
	for _, cell := range cells {
		w.collect(cell, routers)
	}
	found := false
	for i := range w.serving {
		e := &w.serving[i]
		if e.Kind != route || !w.meets(e.To, routers) {
			continue
		}
		if origins := w.origins(e.Handler); len(origins) != 1 || !strings.HasPrefix(origins[0], plainPrefix) {
			return false
		}
		found = true
	}
	return found || slices.Contains(cells, defaultMux) // what imports have put there
}

// collect adds a cell and those that what it holds may come from.
func (w *whole) collect(cell string, seen map[string]bool) {
	if cell == "" || seen[cell] {
		return
	}
	seen[cell] = true
	for _, e := range w.into[cell] {
		w.collect(e.From, seen)
	}
}

// meets reports whether a router may be one of some, or a group of one.
func (w *whole) meets(cell string, routers map[string]bool) bool {
	own := make(map[string]bool)
	w.collect(cell, own)
	for c := range own {
		if routers[c] && !strings.HasPrefix(c, routerPrefix) && c != "" {
			return true
		}
	}
	return false
}

// clients adds the clients that requests go through.
func (w *whole) clients(p *Program, made map[string]*Event) {
	through := make(map[string][]Request)
	for i := range w.running {
		e := &w.running[i]
		if e.Kind != request {
			continue
		}
		r := Request{Text: e.Name, Limit: limitOf(w.expand(e.Text)), Site: e.Site}
		if e.Literal {
			w.defaultRequest(p, e, r)
			continue
		}
		for _, cell := range w.behind(e.To, made) {
			through[cell] = append(through[cell], r)
		}
	}
	for _, cell := range sortedKeys(made) {
		e := made[cell]
		library, _, _ := strings.Cut(e.Library, ".")
		if !strings.HasSuffix(e.Library, ".Client") {
			continue
		}
		o, _ := w.object(e)
		if e.Library == "http.Client" {
			library = "net/http"
		}
		requests := sortBySite(through[cell], func(r *Request) shutdown.Site { return r.Site }, func(r *Request) string { return r.Text })
		p.Clients = append(p.Clients, Client{Library: library, Text: e.Library, Object: o, Requests: requests})
	}
}

// defaultRequest adds a call through the default client, unless its limits are
// set somewhere.
func (w *whole) defaultRequest(p *Program, e *Event, r Request) {
	o, _ := w.object(&Event{To: e.To, Site: e.Site})
	i := slices.IndexFunc(p.Clients, func(c Client) bool { return c.Default && c.Site == e.Site })
	if i >= 0 {
		p.Clients[i].Requests = append(p.Clients[i].Requests, r)
		return
	}
	p.Clients = append(p.Clients, Client{Library: "net/http", Text: e.Name, Object: o, Default: true, Requests: []Request{r}})
}
