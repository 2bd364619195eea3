package shutdown

import (
	"cmp"
	"slices"
	"strings"
)

// A Service is what is known of a program that serves until it is stopped.
type Service struct {
	// Sinks are what it is held by: one per server, or the loops that it works in.
	Sinks []Sink
	// Traps are the signal traps that are in force while it serves.
	Traps []Trap
	// Late are those that are set only after something stopped serving, Unread
	// those that nobody looks at, Uncalled those in functions that nothing calls.
	Late, Unread, Uncalled []Trap
	// Ignored are the calls that make it ignore signals.
	Ignored []Trap
	// Maybe is true if it is not certain that the program waits for its server.
	Maybe bool
	// Unsure says what keeps from a judgement, empty if nothing does.
	Unsure string
	// StopsItself is true if it stops its server by another way than a signal.
	StopsItself bool
}

// A Sink is a call or loop that holds a service.
type Sink struct {
	Text string // "srv.ListenAndServe"
	Site Site
	Loop bool
	// Worker is true if it takes work from elsewhere than a port of its own: a
	// queue, a manager of controllers.
	Worker bool
	// Main is true if it is the main goroutine that serves.
	Main bool
	// Endless is the call that passes a context that never ends to the function
	// that serves and would stop at its end.
	Endless *Site
}

// A Trap is a place where signals are trapped or ignored.
type Trap struct {
	Text    string // "signal.Notify"
	Func    string // the function that it is in, with its import path
	Site    Site
	Signals Signals
}

// Service returns what the program serves, nil if it is a tool, a job, hosted by
// another process or a help in development.
func (p *Program) Service() *Service {
	p.once.Do(p.settle)
	return p.service
}

// Developing reports whether the program only helps in development: its folder
// says so.
func (p *Program) Developing() bool { return p.developing }

// Serves reports whether the program is certain to be a service or to run for a
// host that is one.
func (p *Program) Serves() bool {
	s := p.Service()
	return p.hosted || s != nil && !s.Maybe
}

// ServesIn is Serves for the part of the program that begins in a function: a
// command of a command-line program. The function is named by its ID or, if it
// is a literal, by the text of its site.
func (p *Program) ServesIn(id string) bool {
	if !p.Serves() {
		return false
	}
	serves, known := p.parts[id]
	if !known {
		serves = p.servesFrom(p.named(id))
		p.parts[id] = serves
	}
	return serves
}

func (p *Program) servesFrom(f *Func) bool {
	if f == nil {
		return false // it does nothing of interest
	}
	w := newWalk(p, p.instances())
	w.from(f)
	sinks, unsure := w.holding()
	return w.hosted || len(sinks) > 0 && unsure == ""
}

// ServesWithin is Serves for the statements that lie in a piece of the source.
func (p *Program) ServesWithin(span Site) bool {
	return p.Serves() && slices.ContainsFunc(p.whole.hits, func(h *hit) bool { return h.live && span.Holds(h.op.Site) })
}

// named returns a function by its ID or by the text of its site.
func (p *Program) named(id string) *Func {
	if f := p.funcs[id]; f != nil {
		return f
	}
	for _, f := range p.funcs {
		if f.Site.String() == id {
			return f
		}
	}
	return nil
}

func (p *Program) settle() {
	p.whole, p.parts = p.follow(), make(map[string]bool)
	if p.developing {
		return
	}
	p.service, p.hosted = p.whole.judged(), p.whole.hosted
}

// judged makes a Service of a walk through a whole program.
func (w *walk) judged() *Service {
	if w.hosted {
		return nil
	}
	sinks, unsure := w.holding()
	if len(sinks) == 0 {
		return nil
	}
	s := &Service{Maybe: unsure != "", Unsure: cmp.Or(unsure, w.unseen), StopsItself: w.stops}
	if w.steps > maxSteps {
		s.Unsure = "the program is too large to follow"
	}
	for _, h := range sinks {
		sink := Sink{Text: h.op.Text, Site: h.op.Site, Loop: h.op.Loop, Worker: h.op.Worker, Main: h.onMain}
		if h.via != nil {
			sink.Endless = &h.via.Site
		}
		s.Sinks = append(s.Sinks, sink)
	}
	w.sortTraps(s)
	return s
}

// sortTraps tells the traps that are in force from those that are not.
func (w *walk) sortTraps(s *Service) {
	reached := make(map[Site]bool)
	add := func(list *[]Trap, t Trap) {
		if !slices.Contains(*list, t) {
			*list = append(*list, t)
		}
	}
	for _, t := range w.traps {
		reached[t.op.Site] = true
		trap := Trap{Text: t.op.Text, Func: t.fn.ID, Site: t.op.Site, Signals: t.signals}
		switch {
		case t.op.Unread:
			add(&s.Unread, trap)
		case t.live:
			add(&s.Traps, trap)
		default:
			add(&s.Late, trap)
		}
	}
	for _, t := range w.ignores {
		if t.live {
			add(&s.Ignored, Trap{Text: "signal.Ignore", Func: t.fn.ID, Site: t.op.Site, Signals: t.signals})
		}
	}
	loose := w.loosely()
	for _, id := range sortedKeys(w.funcs) {
		for _, block := range w.funcs[id].Blocks {
			for _, op := range block.Ops {
				if op.Kind != opTrap || reached[op.Site] {
					continue
				}
				trap := Trap{Text: op.Text, Func: id, Site: op.Site, Signals: op.Signals}
				if loose[id] {
					add(&s.Traps, trap) // some dynamic call may reach it
				} else {
					add(&s.Uncalled, trap)
				}
			}
		}
	}
}

// holding returns the sinks that make the program a service: servers if there
// are any, else loops. If none certainly does, it says why one might.
func (w *walk) holding() ([]*hit, string) {
	var servers, sides, loops, maybe []*hit
	for _, h := range w.hits {
		switch waits := w.waitsFor(h); {
		case !h.live:
		case h.op.Loop:
			if h.onMain || !h.op.Worker && waits == yes {
				loops = append(loops, h)
			}
		case waits == no:
		case waits == perhaps:
			maybe = append(maybe, h)
		case h.op.Side && !h.onMain:
			sides = append(sides, h)
		default:
			servers = append(servers, h)
		}
	}
	// A sink in one branch of an if and another in the other are one server.
	servers = w.withoutAlternatives(servers)
	for _, list := range [][]*hit{servers, loops, sides} {
		if len(list) > 0 {
			return list, ""
		}
	}
	if len(maybe) > 0 && !slices.ContainsFunc(maybe, func(h *hit) bool { return h.op.Side }) {
		return maybe[:1], "whether the main goroutine waits for " + maybe[0].op.Text + " cannot be seen"
	}
	return nil, ""
}

type answer uint8

const (
	no answer = iota
	perhaps
	yes
)

// waitsFor says whether the main goroutine is held while a sink serves.
func (w *walk) waitsFor(h *hit) answer {
	if h.onMain {
		return yes
	}
	best := no
	for _, other := range w.hits {
		if other.onMain && other.live && other != h {
			return yes // held by another server or loop
		}
	}
	for _, keys := range w.waits {
		best = max(best, w.holdsMain(keys))
	}
	return best
}

// holdsMain says whether waiting for any of keys lasts until the program is
// told to stop: each is a signal, the end of a context, or the end of a
// goroutine that serves.
func (w *walk) holdsMain(keys []string) answer {
	for _, key := range keys {
		switch {
		case key == keyTimer:
			return no
		case key == keyContext, key == keyEndless, key == keyForever:
		case key != "" && slices.ContainsFunc(w.traps, func(t trapped) bool { return t.key == key || t.returnedAs(key) }):
		case key != "" && slices.ContainsFunc(w.hits, func(h *hit) bool { return h.task.tellsOf(key) }):
		case w.toldByStopping(key):
		default:
			return perhaps
		}
	}
	return yes
}

// toldByStopping reports whether those who wait for a key are only told by
// functions that stop something: Shutdown, Close.
func (w *walk) toldByStopping(key string) bool {
	told := false
	for id, f := range w.funcs {
		if !f.tells(key) {
			continue
		}
		if !isStopping(id) {
			return false
		}
		told = true
	}
	return told
}

// isStopping reports whether a function, by its name, stops something: whoever
// waits in it waits for the end, not for a signal.
func isStopping(id string) bool {
	id, _, _ = strings.Cut(id, "$")
	return stopping[strings.ToLower(id[strings.LastIndexByte(id, '.')+1:])]
}

var stopping = set("shutdown", "gracefulshutdown", "stop", "gracefulstop", "close", "terminate")

// tells reports whether a function tells those who wait for a key.
func (f *Func) tells(key string) bool {
	return key != "" && slices.ContainsFunc(f.Blocks, func(block Block) bool {
		return slices.ContainsFunc(block.Ops, func(op Op) bool { return op.Kind == opDone && op.Keys[0] == key })
	})
}

// returnedAs reports whether a key is the channel that the function with the
// trap returns.
func (t *trapped) returnedAs(key string) bool {
	fn, ok := strings.CutPrefix(key, resultPrefix)
	return ok && (t.fn.ID == fn || strings.HasPrefix(t.fn.ID, fn+"$"))
}

// tellsOf reports whether a goroutine, or the one that started it, tells those
// who wait for key.
func (t *task) tellsOf(key string) bool {
	for ; t.parent != nil; t = t.parent {
		if t.tells[key] {
			return true
		}
	}
	return false
}

// withoutAlternatives drops a sink if one before it in the same function is
// never followed by it.
func (w *walk) withoutAlternatives(hits []*hit) []*hit {
	var kept []*hit
	for _, h := range hits {
		if !slices.ContainsFunc(kept, func(k *hit) bool {
			return k.op.Site == h.op.Site || k.fn != nil && k.fn == h.fn && k.fn.alternative(k.op, h.op)
		}) {
			kept = append(kept, h)
		}
	}
	return kept
}

// alternative reports whether two operations lie in blocks of which neither
// leads to the other.
func (f *Func) alternative(a, b *Op) bool {
	i, j := f.blockOf(a), f.blockOf(b)
	return i >= 0 && j >= 0 && i != j && !f.leads(i, j) && !f.leads(j, i)
}

func (f *Func) blockOf(op *Op) int {
	return slices.IndexFunc(f.Blocks, func(block Block) bool {
		return slices.ContainsFunc(block.Ops, func(o Op) bool { return o.Kind == op.Kind && o.Site == op.Site })
	})
}

func (f *Func) leads(from, to int) bool {
	seen := make([]bool, len(f.Blocks))
	queue := []int{from}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, succ := range f.Blocks[queue[0]].Succs {
			if succ == to {
				return true
			}
			if !seen[succ] {
				seen[succ] = true
				queue = append(queue, succ)
			}
		}
	}
	return false
}
