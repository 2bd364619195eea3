package shutdown

import (
	"slices"
	"strings"
)

// reach notes that the walk has come by an operation.
func (w *walk) reach(f *Func, op *Op) {
	if w.reached[op] == nil {
		w.reached[op] = f
		w.order = append(w.order, op)
	}
}

// wait notes that the main goroutine waits for something.
func (w *walk) wait(f *Func, op *Op, s state) {
	if s.onMain {
		w.reach(f, op)
		w.keys[op] = appendNew(w.keys[op], resolveAll(op.Keys, s.env)...)
	}
}

// drain notes that a server is stopped.
func (w *walk) drain(f *Func, op *Op, s state) {
	onMain := s.onMain && op.Mode != async
	bound := w.resolveBound(op.Bound, s.env)
	key := resolve(op.Keys[0], s.env)
	i := slices.IndexFunc(w.drains, func(d *drained) bool { return d.op == op && d.onMain == onMain })
	if i < 0 {
		w.drains = append(w.drains, &drained{op: op, fn: f, task: s.task, onMain: onMain, keys: []string{key}, bounds: []*Bound{bound}, order: w.steps})
		return
	}
	d := w.drains[i]
	d.keys = appendNew(d.keys, key)
	d.bounds = append(d.bounds, bound)
}

// drainBehind notes that a dependency's server is stopped behind an interface:
// which one cannot be known, nor how long that may take.
func (w *walk) drainBehind(id string, d draining, op *Op, s state) {
	if op.Kind != opInvoke {
		return
	}
	name := id[strings.LastIndexByte(id, '.')+1:]
	for _, known := range w.drains {
		if known.op.Site == op.Site && known.op.Text == name {
			return
		}
	}
	w.drain(s.fn, &Op{
		Kind: opDrain, Mode: op.Mode, Text: name, Site: op.Site, Server: d.kind, Graceful: d.graceful, Keys: []string{""},
		Bound: &Bound{Limit: Unlimited, Open: d.context+d.duration > 0},
	}, s)
}

// appendNew appends the strings that a list does not have.
func appendNew(list []string, more ...string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// tell notes that a goroutine tells those who wait for something.
func (w *walk) tell(op *Op, s state) {
	key := resolve(op.Keys[0], s.env)
	s.task.tells[key], s.task.last[key] = true, w.steps
	if op.Mode == deferred {
		s.task.last[key] = maxSteps
	}
}
