package shutdown

import (
	"slices"
	"strings"
)

// An Early is a way on which the program ends while a server is still draining.
type Early struct {
	Drain *Drain
	// Text and Site are the call that ends the process; Text is empty if
	// function main returns.
	Text string
	Site Site
	// Near is true if the drain stands in the function that serves.
	Near bool
}

// Early returns a way on which the program may end before a server has drained:
// the server is shut down by a goroutine that nothing waits for. It is nil if
// there is none, or if that cannot be known.
func (p *Program) Early(s *Server) *Early {
	p.draining.Do(p.drain)
	if s.Kind != HTTP || !s.Sure || slices.ContainsFunc(s.Drains, func(d *Drain) bool {
		return d.OnMain || d.drained.op.Value || d.drained.op.Mode == async || d.drained.task.parent == nil
	}) {
		return nil
	}
	w := p.whole
	joins := func(op *Op) answer { return w.joinsDrain(op, s) }
	e := &Early{Drain: s.Drains[0], Near: outermost(s.Drains[0].In) == outermost(s.In)}
	waited, doubt := false, false
	for _, op := range w.order {
		switch joins(op) {
		case yes:
			waited = true
		case perhaps:
			doubt = true
		}
	}
	if waited && slices.ContainsFunc(w.order, func(op *Op) bool { return op.Mode == deferred && joins(op) == yes }) {
		return nil
	}
	if s.Main && s.hit.fn != nil && s.hit.op.Mode == plain && !s.hit.op.Value {
		x := w.explore(joins)
		x.behind(s.hit.fn, s.hit.op, s.closing())
		return e.of(x.ends)
	}
	if waited || doubt || s.Main {
		return nil
	}
	return e
}

// of looks for a way that certainly ends early.
func (e *Early) of(ends []end) *Early {
	early := false
	for _, end := range ends {
		switch end.kind {
		case endsExit:
			early = true
			e.Text, e.Site = end.op.Text, end.op.Site
		case endsMain:
			early = true
		case endsHeld:
		default:
			return nil
		}
	}
	if !early {
		return nil
	}
	return e
}

// closing is what the serving call of a server returns once it is shut down.
func (s *Server) closing() assumed {
	if s.hit.op.Closed {
		return isClosed
	}
	return isNil
}

// joinsDrain says whether an operation of the main goroutine waits for something
// that happens after a server has drained.
func (w *walk) joinsDrain(op *Op, s *Server) answer {
	switch op.Kind {
	case opDrain:
		if op.Graceful {
			return yes
		}
	case opJoin:
		return perhaps
	case opNote:
		if op.Func == "time.Sleep" {
			return yes
		}
	case opWait, opTimed:
		best := no
		for _, key := range append(slices.Clone(w.keys[op]), op.Keys...) {
			if key == "" || key == keyForever {
				best = max(best, perhaps)
			}
			if slices.ContainsFunc(s.Drains, func(d *Drain) bool { return d.drained.tellsBehind(key) }) {
				return yes
			}
			if !w.endsWith(key, s) {
				best = max(best, perhaps)
			}
		}
		return best
	}
	return no
}

// endsWith reports whether those who wait for a key are told by the signal or
// context that stops the program, or by the goroutine that serves.
func (w *walk) endsWith(key string, s *Server) bool {
	return key == keyContext || key == keyEndless || s.hit.task.tellsOf(key) ||
		slices.ContainsFunc(s.Drains, func(d *Drain) bool { return d.drained.task.tells[key] }) ||
		slices.ContainsFunc(w.traps, func(t trapped) bool { return t.key == key || t.returnedAs(key) })
}

// tellsBehind reports whether the goroutine that stops a server tells those who
// wait for a key after it has.
func (d *drained) tellsBehind(key string) bool {
	fn := ""
	if rest, ok := strings.CutPrefix(key, resultPrefix); ok {
		fn = rest
	}
	for t := d.task; t != nil && t.parent != nil; t = t.parent {
		for k, last := range t.last {
			if last > d.order && (k == key || fn != "" && strings.HasPrefix(k, chanPrefix+fn)) {
				return true
			}
		}
	}
	return false
}

// outermost returns the function that a function literal stands in.
func outermost(id string) string {
	id, _, _ = strings.Cut(id, "$")
	return id
}

// A Failing is a clean shutdown that ends with an exit code other than 0.
type Failing struct {
	Text string // of the call that ends the process
	Site Site
	Code int
	// Cause is the call whose error is not told from a fault, or the drain that
	// the exit follows.
	Cause string
	Place Site
	// Serving is true if the cause is a serving call.
	Serving bool
}

// Failing returns the calls that end the process with a code other than 0 where
// it has been shut down cleanly.
func (p *Program) Failing() []Failing {
	p.draining.Do(p.drain)
	var all []Failing
	add := func(x *explorer, cause string, place Site, serving bool) {
		op := certainExit(x.ends)
		if op == nil || slices.ContainsFunc(all, func(f Failing) bool { return f.Site == op.Site }) {
			return
		}
		all = append(all, Failing{Text: op.Text, Site: op.Site, Code: op.Code, Cause: cause, Place: place, Serving: serving})
	}
	w := p.whole
	never := func(*Op) answer { return no }
	for _, s := range p.servers {
		if !s.Sure || s.hit.fn == nil || s.Kind != HTTP && s.Kind != GRPC || p.Early(s) != nil {
			continue
		}
		x := w.explore(never)
		if !s.hit.op.Value {
			x.behind(s.hit.fn, s.hit.op, s.closing())
		} else if s.hit.op.Group != "" {
			x.joinedBy(s.hit.op.Group, s.closing())
		}
		add(x, s.Text, s.Site, true)
	}
	for _, d := range p.drains {
		if d.Option || d.drained.op.Mode != plain || !w.followsSignal(d.drained) {
			continue
		}
		x := w.explore(never)
		x.behind(d.drained.fn, d.drained.op, isNil)
		add(x, d.Text, d.Site, false)
	}
	for _, op := range w.order {
		if op.runsActors() && slices.ContainsFunc(w.traps, func(t trapped) bool { return t.op.Text == "SignalHandler" }) {
			x := w.explore(never)
			x.behind(w.reached[op], op, isSignal)
			add(x, op.Text, op.Site, false)
		}
	}
	return all
}

// certainExit returns the exit with a code other than 0 that all ways lead to.
func certainExit(ends []end) *Op {
	var exit *Op
	for _, e := range ends {
		switch {
		case e.kind == endsHeld:
		case e.kind != endsExit || e.op.Code <= 0:
			return nil
		case exit == nil:
			exit = e.op
		}
	}
	return exit
}

// followsSignal reports whether a drain comes behind a wait for a signal or the
// end of a context in its function, or behind a call of a function that waits so.
func (w *walk) followsSignal(d *drained) bool {
	f := d.fn
	if f == nil {
		return false
	}
	at := f.blockOf(d.op)
	for i := range f.Blocks {
		for j := range f.Blocks[i].Ops {
			op := &f.Blocks[i].Ops[j]
			switch {
			case op.Kind == opWait && len(op.Cases) == 0:
				if w.stopsProgram(op.Keys[0], op) && (i == at || f.leads(i, at)) {
					return true
				}
			case op.Kind == opWait:
				for n, body := range op.Cases {
					if w.stopsProgram(op.Keys[n], op) && (body == at || f.leads(body, at)) {
						return true
					}
				}
			case op.Kind == opCall && op.Mode == plain && (i == at || f.leads(i, at)):
				if callee := w.funcs[op.Func]; callee != nil && callee.any(func(op *Op) bool {
					return op.Kind == opWait && len(op.Keys) == 1 && w.stopsProgram(op.Keys[0], op)
				}) {
					return true
				}
			}
		}
	}
	return false
}

// stopsProgram reports whether a key is a trapped signal or the end of a context.
func (w *walk) stopsProgram(key string, op *Op) bool {
	return key == keyContext || key != "" && slices.ContainsFunc(w.traps, func(t trapped) bool { return t.key == key || t.returnedAs(key) }) ||
		len(op.Keys) == 1 && w.isForSignal(op)
}
