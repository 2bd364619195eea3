package shutdown

import (
	"slices"
	"strconv"
	"strings"
)

// A task is a goroutine of the program.
type task struct {
	parent *task           // nil for the main goroutine
	tells  map[string]bool // keys of what it tells those who wait
	// last is when it last tells them, in the order of the walk.
	last map[string]int
}

func newTask(parent *task) *task {
	return &task{parent: parent, tells: make(map[string]bool), last: make(map[string]int)}
}

// A callerOf is an operation of a function that calls another.
type callerOf struct {
	fn *Func
	op *Op
}

// A drained is an operation that the program reaches and that stops a server.
type drained struct {
	op     *Op
	fn     *Func
	task   *task
	onMain bool // the main goroutine does it, or waits for the one that does
	keys   []string
	bounds []*Bound
	order  int // in which the walk has come by
}

// A hit is a sink that the program reaches.
type hit struct {
	op     *Op
	fn     *Func
	task   *task
	onMain bool // the main goroutine is held by it
	live   bool
	via    *Op // the call that passes an endless context to what serves
	order  int
	keys   []string // the identities of the server
}

// A trapped is a trap that the program reaches.
type trapped struct {
	op      *Op
	fn      *Func
	live    bool
	signals Signals
	key     string
}

// A walk follows the program from its entries.
type walk struct {
	*Program
	main    *task
	hits    []*hit
	traps   []trapped
	ignores []trapped
	waits   [][]string // of the main goroutine
	stops   bool       // something live stops a server
	runs    bool       // something runs the commands
	hosted  bool
	// instances are the types that have been put behind an interface, with the
	// methods that the interfaces have.
	instances map[string]map[string]Mode
	converted map[string]bool // those that the walk itself has seen put there
	invoked   map[string]bool // methods that were found behind an interface
	visited   map[string]bool
	postponed []func() // references to what commands do
	again     bool
	steps     int

	drains []*drained
	// reached are the operations of some kinds that the walk has come by, with
	// the functions they are in and the resolved keys of those that wait.
	reached map[*Op]*Func
	order   []*Op // the reached, in order
	keys    map[*Op][]string
	// callers are the calls by which functions are reached, by ID.
	callers map[string][]callerOf

	// ahead are the functions that lead to serving; nil if no notes are taken.
	ahead map[string]bool
	notes []Note
	// apart is true if what commands do is only listed, in commandIDs.
	apart      bool
	commandIDs map[string]bool
}

// maxSteps bounds the walk through one program; beyond it nothing is reported.
const maxSteps = 200_000

// A state is how a function is reached.
type state struct {
	task   *task
	onMain bool
	live   bool
	env    map[string]string
	via    *Op
	leads  bool // the callers go on to serve
	fn     *Func
}

func newWalk(p *Program, instances map[string]map[string]Mode) *walk {
	return &walk{Program: p, instances: instances, converted: make(map[string]bool), invoked: make(map[string]bool)}
}

// follow walks the program until nothing new is found.
func (p *Program) follow() *walk {
	w := newWalk(p, make(map[string]map[string]Mode))
	w.from(p.entries()...)
	return w
}

// from walks the program from some functions on.
func (w *walk) from(entries ...*Func) {
	for {
		w.again = false
		w.restart()
		for _, f := range entries {
			if w.aside[f.ID] && w.ahead == nil {
				continue
			}
			// Behind what initialises the packages comes main.
			leads := w.ahead[w.path+".main"] && f.ID != w.path+".main" && len(entries) > 1
			w.function(f, state{task: w.main, onMain: true, live: true, leads: leads})
		}
		w.commands()
		if !w.again || w.steps > maxSteps {
			break
		}
	}
	w.uninvoked()
}

func (w *walk) restart() {
	w.main = newTask(nil)
	w.hits, w.traps, w.ignores, w.waits, w.postponed, w.stops, w.steps = nil, nil, nil, nil, nil, false, 0
	w.visited, w.commandIDs, w.notes = make(map[string]bool), make(map[string]bool), nil
	w.drains, w.order, w.reached, w.keys, w.callers = nil, nil, make(map[*Op]*Func), make(map[*Op][]string), make(map[string][]callerOf)
}

// uninvoked visits the methods of interfaces that only a dependency calls.
func (w *walk) uninvoked() {
	for changed := true; changed; {
		changed = false
		for _, name := range sortedKeys(w.converted) {
			for _, m := range w.methodsOf(name) {
				mode, ok := w.instances[name][m.Name]
				if !ok || w.invoked[m.Func] {
					continue
				}
				w.invoked[m.Func], changed = true, true
				w.target(m.Func, &Op{Mode: mode}, state{task: w.main, onMain: true, live: true})
			}
		}
	}
}

func (w *walk) methodsOf(name string) []Method {
	if t := w.types[name]; t != nil {
		return t.Methods
	}
	return nil
}

func (w *walk) function(f *Func, s state) {
	id := f.ID + stateKey(s)
	if w.visited[id] || w.steps > maxSteps {
		return
	}
	w.visited[id] = true
	w.flow(f, nil, func(op *Op, live bool) {
		w.steps++
		inner := s
		inner.live, inner.fn = s.live && live, f
		w.operation(f, op, inner)
	})
}

func stateKey(s state) string {
	var b strings.Builder
	b.WriteString(strconv.FormatBool(s.onMain) + strconv.FormatBool(s.live) + strconv.FormatBool(s.leads))
	switch {
	case s.task.parent == nil:
	case s.task.parent.parent == nil:
		b.WriteString("|goroutine")
	default: // how deep does not matter, and recursion has no end
		b.WriteString("|nested")
	}
	for _, key := range sortedKeys(s.env) {
		b.WriteString("|" + key + "=" + s.env[key])
	}
	return b.String()
}

// commands follows what the commands do that were seen, if something runs them.
func (w *walk) commands() {
	for w.runs && len(w.postponed) > 0 {
		list := w.postponed
		w.postponed = nil
		for _, do := range list {
			do()
		}
	}
}

func (w *walk) operation(f *Func, op *Op, s state) {
	if op.Command && w.apart {
		w.commandIDs[op.Func] = true
		return
	}
	if op.Command {
		do := *op
		do.Command, do.ran = false, true
		w.postponed = append(w.postponed, func() { w.operation(f, &do, s) })
		return
	}
	if w.ahead != nil {
		s.leads = w.goesOn(f, op, s.leads)
	}
	switch op.Kind {
	case opRun:
		w.runs = true
		w.reach(f, op)
	case opJoin:
		w.reach(f, op)
	case opTimed:
		w.wait(f, op, s)
	case opDrain:
		w.drain(f, op, s)
	case opCall:
		w.target(op.Func, op, s)
	case opRef:
		if len(op.Args) == 0 || !w.callsParam(op.Args[0], op.Index) {
			w.target(op.Func, op, s)
		}
	case opParam:
		if id, ok := strings.CutPrefix(resolve(op.Keys[0], s.env), funcPrefix); ok {
			w.target(id, op, s)
		}
	case opInvoke:
		w.invoke(op, s)
	case opConvert:
		w.instance(op)
	case opSink:
		w.sink(f, op, s)
	case opTrap:
		w.trap(f, op, s)
	case opIgnore:
		w.ignores = append(w.ignores, trapped{op: op, fn: f, live: s.live, signals: op.Signals})
	case opWait:
		if s.onMain && s.live && !isStopping(f.ID) {
			w.waits = append(w.waits, resolveAll(op.Keys, s.env))
		}
		w.wait(f, op, s)
	case opDone:
		w.tell(op, s)
	case opStop:
		w.stops = w.stops || s.live && op.Mode != deferred
	case opHosted:
		w.hosted = true
	case opNote:
		w.note(f, op, s)
	}
}

// target visits a function that an operation calls.
func (w *walk) target(id string, op *Op, s state) {
	callee := w.funcs[id]
	if call := (callerOf{s.fn, op}); s.fn != nil && !slices.Contains(w.callers[id], call) {
		w.callers[id] = append(w.callers[id], call)
	}
	if w.aside[id] && w.ahead == nil {
		return
	}
	if callee == nil {
		if d, ok := drainingOf(id); ok {
			w.drainBehind(id, d, op, s)
		} else if strings.HasPrefix(id, "(") && w.isForeignSink(id) {
			w.sinkBehind(id, op, s)
		}
		return
	}
	next := state{task: s.task, onMain: s.onMain, live: s.live, via: s.via, leads: s.leads}
	if op.Mode == async {
		next.task, next.onMain = newTask(s.task), false
	}
	if op.Endless && callee.Awaits && next.via == nil {
		next.via = op
	}
	next.env = w.bind(callee.ID, op, s)
	w.function(callee, next)
}

// bind resolves the arguments of a call for the callee. A function literal
// also knows what the function that holds it knows.
func (p *Program) bind(callee string, op *Op, s state) map[string]string {
	env := make(map[string]string)
	for key, value := range s.env {
		if owner := paramOwner(strings.TrimPrefix(key, "time:")); owner != "" && strings.HasPrefix(callee, owner+"$") {
			env[key] = value
		}
	}
	if op.Kind == opCall {
		for i, arg := range op.Args {
			if value := resolve(arg, s.env); value != "" && !strings.HasPrefix(value, parmPrefix) {
				env[paramKey(callee, i)] = value
			}
		}
		for i, text := range op.Times {
			if text != "" {
				env[timeKey(paramKey(callee, i))] = p.resolveBound(decode(text), s.env).encode()
			}
		}
	}
	return env
}

func resolve(key string, env map[string]string) string {
	if value, ok := env[key]; ok {
		return value
	}
	return key
}

func resolveAll(keys []string, env map[string]string) []string {
	resolved := make([]string, len(keys))
	for i, key := range keys {
		resolved[i] = resolve(key, env)
	}
	return resolved
}

// invoke visits the methods of that name of all types put behind an interface.
func (w *walk) invoke(op *Op, s state) {
	for _, name := range sortedKeys(w.instances) {
		for _, m := range w.methodsOf(name) {
			if m.Name == op.Func && w.types[name].has(op.Methods) {
				w.invoked[m.Func] = true
				w.target(m.Func, op, s)
			}
		}
	}
}

func (w *walk) instance(op *Op) {
	w.converted[op.Func] = true
	known := w.instances[op.Func]
	if known == nil {
		known = make(map[string]Mode)
		w.instances[op.Func], w.again = known, true
	}
	for _, name := range op.Methods {
		if _, ok := known[name]; !ok {
			known[name] = op.Mode
		}
	}
}

func (w *walk) isForeignSink(id string) bool {
	for _, t := range w.types {
		for _, m := range t.Methods {
			if m.Func == id && w.funcs[id] == nil {
				return true
			}
		}
	}
	return false
}

// sinkBehind notes a dependency's server that serves behind an interface.
func (w *walk) sinkBehind(id string, op *Op, s state) {
	if op.Kind != opInvoke {
		return // who calls it is not in sight
	}
	name := id[strings.LastIndexByte(id, '.')+1:]
	w.sink(nil, &Op{Kind: opSink, Mode: op.Mode, Text: name, Site: op.Site}, s)
}

func (w *walk) sink(f *Func, op *Op, s state) {
	if op.Func != "" && w.callsParam(op.Func, op.Index) && s.onMain && w.startsParam(op.Func, op.Index) {
		s.onMain = false
	}
	keys := resolveAll(op.Keys, s.env)
	if i := slices.IndexFunc(w.hits, func(h *hit) bool {
		return h.op.Site == op.Site && h.onMain == (s.onMain && op.Mode != async) && h.live == s.live
	}); i >= 0 {
		w.hits[i].keys = appendNew(w.hits[i].keys, keys...)
		return
	}
	h := &hit{keys: keys, op: op, fn: f, task: s.task, onMain: s.onMain && op.Mode != async, live: s.live, via: s.via, order: len(w.hits)}
	if op.Mode == async {
		h.task = newTask(s.task)
	}
	w.hits = append(w.hits, h)
}

// startsParam reports whether a function calls its parameter in a goroutine.
func (w *walk) startsParam(id string, index int) bool {
	key := paramKey(id, index)
	for _, f := range w.funcs {
		if f.ID != id && !strings.HasPrefix(f.ID, id+"$") {
			continue
		}
		for _, block := range f.Blocks {
			for _, op := range block.Ops {
				if op.Kind == opParam && op.Keys[0] == key && (op.Mode == async || f.ID != id) {
					return true
				}
			}
		}
	}
	return false
}

func (w *walk) trap(f *Func, op *Op, s state) {
	t := trapped{op: op, fn: f, live: s.live, signals: op.Signals}
	if len(op.Args) > 0 {
		if text, ok := strings.CutPrefix(resolve(op.Args[0], s.env), sigsPrefix); ok {
			number, _ := strconv.ParseUint(text, 10, 64)
			t.signals = Signals(number)
		}
	}
	if len(op.Keys) > 0 {
		t.key = resolve(op.Keys[0], s.env)
	}
	w.traps = append(w.traps, t)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
