package shutdown

import (
	"slices"
	"strings"
)

// An endKind says how a way through the program ends.
type endKind uint8

const (
	endsInDoubt endKind = iota
	endsExit            // the process is ended by a call
	endsMain            // function main returns
	endsTask            // a goroutine ends
	endsJoined          // something is waited for that makes up for it
	endsHeld            // never goes on
	endsReturn          // the function returns, of a search within it
)

// An end is where a way through the program ends.
type end struct {
	kind endKind
	op   *Op // of an exit
}

// An explorer follows control from an operation on, through the callers of the
// function, to the ends of the program.
type explorer struct {
	*walk
	// joins says whether an operation on the way ends the search: yes, no, or
	// perhaps.
	joins  func(op *Op) answer
	ends   []end
	seen   map[stop]bool
	inside map[string][]end // memo of within
	depth  int
}

// A stop is a place that the search has come by, and what it takes the error to be.
type stop struct {
	op *Op
	as assumed
}

// unassumed: nothing is known of the error.
const unassumed assumed = 0xff

// maxDepth bounds how far calls are followed.
const maxDepth = 12

func (w *walk) explore(joins func(op *Op) answer) *explorer {
	return &explorer{walk: w, joins: joins, seen: make(map[stop]bool), inside: make(map[string][]end)}
}

func (x *explorer) add(kind endKind, op *Op) {
	if e := (end{kind, op}); !slices.Contains(x.ends, e) {
		x.ends = append(x.ends, e)
	}
}

func (op *Op) outcome(as assumed) *Outcome {
	switch as {
	case isNil:
		return op.Nil
	case isClosed:
		return op.Closing
	case isSignal:
		return op.Signal
	}
	return nil
}

// behind follows control behind an operation of a function whose error is known.
func (x *explorer) behind(f *Func, op *Op, as assumed) {
	if x.seen[stop{op, as}] {
		return
	}
	x.seen[stop{op, as}] = true
	if x.depth++; x.depth > maxDepth {
		x.add(endsInDoubt, nil)
		x.depth--
		return
	}
	defer func() { x.depth-- }()
	for i := range f.Blocks {
		for j := range f.Blocks[i].Ops {
			if &f.Blocks[i].Ops[j] == op {
				x.through(f, i, j+1, op.outcome(as), op, as)
				return
			}
		}
	}
	x.add(endsInDoubt, nil)
}

// through follows control from a place within a block. Of the error of a call
// that nothing is known of, the branches on it are in doubt.
func (x *explorer) through(f *Func, block, from int, o *Outcome, op *Op, as assumed) {
	if o == nil {
		o = &Outcome{}
		if as == unassumed && op.Nil != nil {
			o.Doubt = append(slices.Clone(op.Nil.Doubt), blocksOf(op.Nil.Never)...)
		}
	}
	x.visit(f, block, from, o, func(i int) { x.returns(f, i, o, as) })
}

// visit follows control through the blocks of a function and says where it
// returns.
func (x *explorer) visit(f *Func, block, from int, o *Outcome, returns func(block int)) {
	seen := make([]bool, len(f.Blocks))
	var visit func(block, from int)
	visit = func(i, from int) {
		b := &f.Blocks[i]
		for j := from; j < len(b.Ops); j++ {
			if x.stops(f, &b.Ops[j]) {
				return
			}
		}
		switch {
		case b.Returns:
			returns(i)
		case slices.Contains(o.Doubt, i):
			x.add(endsInDoubt, nil)
		default:
			for n, succ := range b.Succs {
				if !seen[succ] && !slices.Contains(o.Never, Edge{i, n}) {
					seen[succ] = true
					visit(succ, 0)
				}
			}
		}
	}
	visit(block, from)
}

func blocksOf(edges []Edge) []int {
	blocks := make([]int, len(edges))
	for i, e := range edges {
		blocks[i] = e.Block
	}
	return blocks
}

// stops looks at an operation on the way, and reports whether the way ends there.
func (x *explorer) stops(f *Func, op *Op) bool {
	if op.Mode != plain {
		return false
	}
	switch x.joins(op) {
	case yes:
		x.add(endsJoined, op)
		return true
	case perhaps:
		x.add(endsInDoubt, op)
		return true
	}
	switch op.Kind {
	case opExit:
		x.add(endsExit, op)
		return true
	case opSink:
		if op.Loop {
			x.add(endsHeld, op)
			return true
		}
	case opWait:
		if slices.Contains(op.Keys, keyForever) {
			x.add(endsHeld, op)
			return true
		}
	case opCall:
		return x.enters(f, op)
	}
	return false
}

// enters looks into a function that is called on the way, and reports whether
// the way ends in it. What happens on some of the ways through it only counts if
// it makes up for what is looked for.
func (x *explorer) enters(f *Func, op *Op) bool {
	callee := x.funcs[op.Func]
	if callee == nil || callee == f || len(callee.Blocks) == 0 {
		return false
	}
	ends := x.within(callee)
	if len(ends) == 0 || slices.Contains(ends, end{kind: endsReturn}) && !slices.ContainsFunc(ends, func(e end) bool { return e.kind == endsJoined }) {
		return false
	}
	for _, e := range ends {
		if e.kind != endsReturn {
			x.add(e.kind, e.op)
		}
	}
	return true
}

// within returns the ends of the ways through a function.
func (x *explorer) within(f *Func) []end {
	if ends, ok := x.inside[f.ID]; ok {
		return ends
	}
	x.inside[f.ID] = nil // a cycle of calls ends nowhere
	inner := &explorer{walk: x.walk, joins: x.joins, seen: x.seen, inside: x.inside, depth: x.depth}
	inner.visit(f, 0, 0, &Outcome{}, func(int) { inner.add(endsReturn, nil) })
	x.inside[f.ID] = inner.ends
	return inner.ends
}

// returns goes on in the callers of a function.
func (x *explorer) returns(f *Func, block int, o *Outcome, as assumed) {
	switch {
	case slices.Contains(o.Passes, block):
	case f.Blocks[block].Clean:
		as = isNil
	default:
		as = unassumed
	}
	if f.ID == x.path+".main" {
		x.add(endsMain, nil)
		return
	}
	callers := x.callers[f.ID]
	if len(callers) == 0 {
		x.add(endsInDoubt, nil)
	}
	for _, c := range callers {
		switch {
		case c.op.ran:
			x.ranBy(as)
		case c.op.Mode == async:
			x.add(endsTask, nil)
		case c.op.Mode == joined:
			x.joinedBy(c.op.Group, as)
		case c.op.Mode == deferred, c.op.Kind == opRef:
			x.add(endsInDoubt, nil)
		case c.op.Kind != opCall && as == isClosed:
			x.add(endsInDoubt, nil)
		default:
			x.behind(c.fn, c.op, as)
		}
	}
}

// ranBy goes on behind what runs the commands of the program.
func (x *explorer) ranBy(as assumed) {
	x.behindAll(as, func(op *Op) bool { return op.Kind == opRun })
}

// joinedBy goes on behind what waits for the functions of a group. Of the actors
// of a run.Group, the one that trapped the signal returns first.
func (x *explorer) joinedBy(group string, as assumed) {
	x.behindAll(as, func(op *Op) bool {
		return op.Kind == opJoin && !op.runsActors() && x.ids.mayBe(op.Keys, []string{group}) != no
	})
}

// runsActors reports whether an operation is the Run of a run.Group.
func (op *Op) runsActors() bool { return op.Kind == opJoin && strings.HasSuffix(op.Text, ".Run") }

func (x *explorer) behindAll(as assumed, meets func(op *Op) bool) {
	found := false
	for _, op := range x.order {
		if meets(op) {
			found = true
			x.behind(x.reached[op], op, as)
		}
	}
	if !found {
		x.add(endsInDoubt, nil)
	}
}
