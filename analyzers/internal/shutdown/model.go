package shutdown

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// A Server is a call by which a program serves until it is stopped.
type Server struct {
	Text string // "srv.ListenAndServe"
	Name string // "srv"
	Site Site
	In   string // ID of the function around it
	Kind Kind
	// Address is where it listens, if that is constant.
	Address string
	// Main is true if it holds the main goroutine.
	Main bool
	// Side is true for what serves diagnosis or metrics; Aside if names say so.
	Side, Aside bool
	// Drains are the calls that let it finish what has begun, Cuts those that
	// do not; calls of servers that may be this one are among them.
	Drains, Cuts []*Drain
	// Sure is true if one of Drains certainly is a call of this server.
	Sure bool
	// Trapped is true if SIGTERM is trapped where it serves: in the same command,
	// if the program has several.
	Trapped bool
	// Loose is a drain of it that the program may reach in a way that is not seen.
	Loose string
	// Given is the function of a dependency that it is handed to, which may stop
	// it; empty if there is none.
	Given string

	hit *hit
}

// A Drain is a call that stops servers, or an option that says how long that may
// take.
type Drain struct {
	Text   string // "srv.Shutdown"
	Name   string // "srv"
	Site   Site
	In     string // ID of the function around it
	Kind   Kind
	OnMain bool // the main goroutine makes the call, or waits for the one that does
	Option bool
	// Bounds are how long it may take, one for each way in which it is reached.
	Bounds []*Bound
	// Served is true if the server, or one that it may be, holds the program.
	Served bool
	// Raced is true if something else ends the wait for it: a Stop of the same
	// server, or a timer.
	Raced bool

	drained *drained
}

// Servers returns what the program serves, in the order in which it is reached.
// Loops that work or accept connections by themselves are not among them.
func (p *Program) Servers() []*Server {
	p.draining.Do(p.drain)
	return p.servers
}

// Drains returns the calls that stop a server gracefully and the options of
// libraries that do so, in the order in which they are reached.
func (p *Program) Drains() []*Drain {
	p.draining.Do(p.drain)
	return p.drains
}

// drain finds out what stops which server.
func (p *Program) drain() {
	p.once.Do(p.settle)
	w := p.whole
	p.ids, p.loose = p.identities(), p.loosely()
	var all []*Drain
	for _, d := range w.drains {
		if slices.ContainsFunc(all, func(a *Drain) bool { return a.Site == d.op.Site && a.OnMain == d.onMain }) {
			continue
		}
		drain := &Drain{
			Text: d.op.Text, Name: receiverText(d.op.Text), Site: d.op.Site, Kind: d.op.Server, OnMain: d.onMain || d.op.Mode == deferred,
			Bounds: d.bounds, drained: d,
		}
		if d.fn != nil {
			drain.In = d.fn.ID
		}
		all = append(all, drain)
		if d.op.Graceful {
			p.drains = append(p.drains, drain)
		}
	}
	for _, h := range w.withoutAlternatives(w.hits) {
		if h.op.Server == Other || !h.live || w.waitsFor(h) == no {
			continue
		}
		if i := slices.IndexFunc(p.servers, func(s *Server) bool { return s.Site == h.op.Site }); i >= 0 {
			p.servers[i].Main = p.servers[i].Main || h.onMain
			continue
		}
		p.servers = append(p.servers, p.server(h, all))
	}
	for _, d := range p.drains {
		d.Served = slices.ContainsFunc(p.servers, func(s *Server) bool { return slices.Contains(s.Drains, d) })
		d.Raced = p.raced(d, all)
	}
	p.addOptions()
}

// raced reports whether something else than its own deadline ends the wait for a
// drain.
func (p *Program) raced(d *Drain, all []*Drain) bool {
	w := p.whole
	for _, other := range all {
		if !other.drained.op.Graceful && other.Kind == GRPC && d.Kind == GRPC && p.ids.mayBe(d.drained.keys, other.drained.keys) != no {
			return true
		}
	}
	for _, op := range w.order {
		if op.Kind == opTimed && slices.ContainsFunc(w.keys[op], d.drained.tellsBehind) {
			return true
		}
	}
	for id, callers := range w.callers {
		f := w.funcs[id]
		if f == nil || !f.any(func(op *Op) bool { return op.Kind == opExit }) {
			continue
		}
		timed := f.any(func(op *Op) bool {
			return op.Kind == opTimed || op.Kind == opNote && strings.HasPrefix(op.Func, "time.")
		})
		for _, c := range callers {
			if c.op.Mode == async && (timed || c.op.Kind == opRef) {
				return true
			}
		}
	}
	return false
}

func (p *Program) server(h *hit, all []*Drain) *Server {
	s := &Server{
		Text: h.op.Text, Name: cmp.Or(h.op.Name, receiverText(h.op.Text)), Site: h.op.Site, Kind: h.op.Server, Address: h.op.Address,
		Main: h.onMain, Side: h.op.Side && !h.onMain, hit: h,
	}
	if h.fn != nil {
		s.In = h.fn.ID
	}
	s.Trapped = p.trapsFor(h)
	s.Aside = s.Side || h.op.Aside || namesDiagnosis(s.Address)
	for _, d := range all {
		same := p.ids.mayBe(h.keys, d.drained.keys)
		switch {
		case d.Kind != s.Kind || same == no:
		case d.drained.op.Graceful:
			s.Drains = append(s.Drains, d)
			s.Sure = s.Sure || same == yes
		case same == yes:
			s.Cuts = append(s.Cuts, d)
		}
	}
	p.unseenStops(s)
	return s
}

// unseenStops looks for what may stop a server without being seen to.
func (p *Program) unseenStops(s *Server) {
	for _, id := range sortedKeys(p.funcs) {
		p.funcs[id].any(func(op *Op) bool {
			switch {
			case op.Kind == opEscape && p.ids.mayBe(s.hit.keys, op.Keys) == yes:
				s.Given = op.Text
			case op.Kind == opDrain && op.Graceful && len(s.Drains) == 0 && p.loose[id] && p.ids.mayBe(s.hit.keys, op.Keys) != no:
				s.Loose = op.Text
			}
			return false
		})
	}
}

// diagnosis are the words by which a server is known that need not be drained:
// one for operators, one for challenges, and one for connections that are taken
// over, which a shutdown does not wait for.
var diagnosis = set("metrics", "metric", "pprof", "prof", "debug", "health", "healthz", "healthcheck", "probe", "probes", "prometheus", "prom", "telemetry",
	"profile", "profiler", "profiling", "expvar", "diagnostics", "monitor", "monitoring", "exporter", "liveness", "readiness", "admin", "status", "stats", "statsd",
	"instrumentation", "openmetrics", "acme", "challenge", "websocket", "websockets")

// namesDiagnosis reports whether one of some names says that a server serves
// operators.
func namesDiagnosis(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		return slices.ContainsFunc(sensitive.Words(name), func(word string) bool { return diagnosis[word] })
	})
}

// trapsFor reports whether SIGTERM is trapped in what leads to a sink: in what
// every command begins with, or in a command that serves so.
func (p *Program) trapsFor(h *hit) bool {
	within := func(w *walk) bool {
		return slices.ContainsFunc(w.hits, func(other *hit) bool { return other.op.Site == h.op.Site })
	}
	common, parts := p.split()
	if common.trapsTerm() || within(common) || len(parts) == 0 {
		return p.Traps()
	}
	return slices.ContainsFunc(parts, func(part *walk) bool { return within(part) && part.trapsTerm() })
}

func (w *walk) trapsTerm() bool {
	return slices.ContainsFunc(w.traps, func(t trapped) bool { return t.live && t.signals.MayHold(SIGTERM) })
}

// split walks through what the program does before its commands, and through
// each of those by itself.
func (p *Program) split() (*walk, []*walk) {
	p.splitting.Do(func() {
		p.common = newWalk(p, p.instances())
		p.common.apart = true
		p.common.from(p.entries()...)
		for _, id := range slices.Sorted(maps.Keys(p.common.commandIDs)) {
			if f := p.funcs[id]; f != nil {
				part := newWalk(p, p.instances())
				part.from(f)
				p.commands = append(p.commands, part)
			}
		}
	})
	return p.common, p.commands
}

// addOptions adds the options that the functions of the program set.
func (p *Program) addOptions() {
	for _, id := range sortedKeys(p.funcs) {
		if !p.loose[id] {
			continue
		}
		p.funcs[id].any(func(op *Op) bool {
			if op.Kind == opOption {
				p.drains = append(p.drains, &Drain{
					Text: op.Text, Name: op.Text, Site: op.Site, In: id, Kind: Managed, OnMain: true, Option: true, Served: true,
					Bounds: []*Bound{p.resolveBound(op.Bound, nil)},
				})
			}
			return false
		})
	}
}

// Longest returns the longest time that is certain to be allowed for a drain,
// Unlimited if nothing bounds it; it is false if that cannot be known.
func (d *Drain) Longest() (*Bound, bool) {
	var longest *Bound
	for _, b := range d.Bounds {
		if b.Open && !b.Done {
			continue
		}
		if longest == nil || b.Done || !longest.Done && b.Limit > longest.Limit {
			longest = b
		}
	}
	return longest, longest != nil
}

// Bound returns how long the shutdown of a server may take: the shortest of what
// its drains allow. It is false if that is not known.
func (s *Server) Bound() (time.Duration, bool) {
	limit, known := Unlimited, false
	for _, d := range s.Drains {
		if b, ok := d.Longest(); ok && !b.Done {
			limit, known = min(limit, b.Limit), true
		}
	}
	return limit, known
}

// Traps reports whether the program is a service that traps SIGTERM while it
// serves.
func (p *Program) Traps() bool {
	s := p.Service()
	return s != nil && slices.ContainsFunc(s.Traps, func(t Trap) bool { return t.Signals.MayHold(SIGTERM) })
}

// Certain reports whether what is not seen of the program cannot matter; the
// text says why it might.
func (p *Program) Certain() (string, bool) {
	s := p.Service()
	if s == nil {
		return "", true
	}
	return s.Unsure, s.Unsure == ""
}

// Ended returns the call that ends the process where a signal has been waited
// for, in the function that does so.
func (p *Program) Ended() (string, Site, bool) {
	p.once.Do(p.settle)
	w := p.whole
	for _, id := range sortedKeys(w.funcs) {
		f := w.funcs[id]
		wait := -1
		for i, block := range f.Blocks {
			for j := range block.Ops {
				if op := &block.Ops[j]; op.Kind == opWait && w.isForSignal(op) {
					wait = i
				} else if op.Kind == opExit && wait >= 0 && (wait == i || f.leads(wait, i)) {
					return op.Text, op.Site, true
				}
			}
		}
	}
	return "", Site{}, false
}

// isForSignal reports whether an operation waits for a trapped signal.
func (w *walk) isForSignal(op *Op) bool {
	return slices.ContainsFunc(append(slices.Clone(w.keys[op]), op.Keys...), func(key string) bool {
		return key != "" && slices.ContainsFunc(w.traps, func(t trapped) bool { return t.key == key || t.returnedAs(key) })
	})
}
