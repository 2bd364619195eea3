package shutdown

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// loops are the cycles of a function's control flow.
type loops struct {
	of    map[*ssa.BasicBlock]*loop
	sinks map[*ssa.BasicBlock]*Op
}

// A loop is a strongly connected set of blocks.
type loop struct {
	blocks  []*ssa.BasicBlock
	endless bool // no path leaves it
}

func (l *loops) has(block *ssa.BasicBlock) bool { return l.of[block] != nil }

func (l *loops) sinkAt(block *ssa.BasicBlock) *Op { return l.sinks[block] }

// loops finds the cycles of a function, and among them those that serve: an
// endless one that waits for something, and one that accepts connections.
func (b *builder) loops(fn *ssa.Function) *loops {
	l := &loops{of: make(map[*ssa.BasicBlock]*loop), sinks: make(map[*ssa.BasicBlock]*Op)}
	for _, component := range components(fn) {
		first := component.blocks[0]
		for _, block := range component.blocks {
			l.of[block] = component
			if block.Index < first.Index {
				first = block
			}
		}
		if op := b.loopSink(component); op != nil {
			l.sinks[first] = op
		}
	}
	return l
}

// loopSink returns the sink that a loop is, if it is one.
func (b *builder) loopSink(l *loop) *Op {
	waits, accepts := false, false
	for _, block := range l.blocks {
		for _, instr := range block.Instrs {
			switch what := waitOf(instr); {
			case what == readsInput:
				return nil
			case what == acceptsConnections:
				accepts = true
			case what == waitsForWork:
				waits = true
			}
		}
	}
	if !accepts && !(l.endless && waits) {
		return nil
	}
	from, to := b.loopHead(l)
	if !from.IsValid() {
		return nil
	}
	text := "the endless loop"
	if accepts {
		text = "the accept loop"
	}
	return &Op{Kind: opSink, Loop: true, Worker: !accepts, Text: text, Site: b.site(from, to)}
}

type waiting uint8

const (
	waitsForNothing waiting = iota
	waitsForWork
	acceptsConnections
	readsInput
)

// consumers are the names of methods of dependencies that wait for a message.
var consumers = set("ReadMessage", "FetchMessage", "Fetch", "Poll", "Next", "NextMsg", "Receive", "ReceiveMessage", "Consume", "BRPop", "BLPop", "GetMessage", "Recv")

// waitOf says what an instruction waits for.
func waitOf(instr ssa.Instruction) waiting {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		if instr.Op == token.ARROW {
			return waitsForWork
		}
	case *ssa.Select:
		if instr.Blocking {
			return waitsForWork
		}
	case *ssa.Call:
		return waitOfCall(instr.Common())
	}
	return waitsForNothing
}

func waitOfCall(common *ssa.CallCommon) waiting {
	var fn *types.Func
	if common.IsInvoke() {
		fn = common.Method
	} else if callee := common.StaticCallee(); callee != nil {
		fn, _ = callee.Object().(*types.Func)
	}
	if fn == nil || fn.Pkg() == nil {
		return waitsForNothing
	}
	switch path, name := fn.Pkg().Path(), fn.Name(); {
	case path == timePkg && name == "Sleep":
		return waitsForWork
	case path == "net" && (name == "Accept" || name == "AcceptTCP" || name == "AcceptUnix"):
		return acceptsConnections
	case path == "bufio", path == "fmt" && len(name) > 3 && name[:4] == "Scan", path == "golang.org/x/term",
		path == "os" && name == "Read":
		return readsInput
	case consumers[name] && fn.Signature().Recv() != nil && !standardPath(path):
		return waitsForWork
	}
	return waitsForNothing
}

// standardPath reports whether an import path is one of the standard library:
// its first element has no dot.
func standardPath(path string) bool {
	for i := range len(path) {
		switch path[i] {
		case '.':
			return false
		case '/':
			return true
		}
	}
	return true
}

// components returns the strongly connected components of a function's control
// flow that are cycles.
func components(fn *ssa.Function) []*loop {
	t := &tarjan{index: make([]int, len(fn.Blocks)), low: make([]int, len(fn.Blocks)), on: make([]bool, len(fn.Blocks))}
	for _, block := range fn.Blocks {
		if t.index[block.Index] == 0 {
			t.visit(block)
		}
	}
	return t.loops
}

type tarjan struct {
	index, low []int
	on         []bool
	stack      []*ssa.BasicBlock
	count      int
	loops      []*loop
}

func (t *tarjan) visit(block *ssa.BasicBlock) {
	t.count++
	i := block.Index
	t.index[i], t.low[i], t.on[i] = t.count, t.count, true
	t.stack = append(t.stack, block)
	for _, succ := range block.Succs {
		switch j := succ.Index; {
		case t.index[j] == 0:
			t.visit(succ)
			t.low[i] = min(t.low[i], t.low[j])
		case t.on[j]:
			t.low[i] = min(t.low[i], t.index[j])
		}
	}
	if t.low[i] != t.index[i] {
		return
	}
	at := slices.Index(t.stack, block)
	members := slices.Clone(t.stack[at:])
	t.stack = t.stack[:at]
	for _, member := range members {
		t.on[member.Index] = false
	}
	if len(members) > 1 || slices.Contains(block.Succs, block) {
		t.loops = append(t.loops, &loop{blocks: members, endless: isEndless(members)})
	}
}

// isEndless reports whether no path leaves a loop. Leaving a range over a
// ticker's channel does not count: it is never closed.
func isEndless(members []*ssa.BasicBlock) bool {
	for _, block := range members {
		for _, succ := range block.Succs {
			if !slices.Contains(members, succ) && !endsTickerRange(block) {
				return false
			}
		}
	}
	return true
}

// endsTickerRange reports whether a block branches on the second result of a
// receive from a channel of package time.
func endsTickerRange(block *ssa.BasicBlock) bool {
	branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	extract, ok := branch.Cond.(*ssa.Extract)
	if !ok || extract.Index != 1 {
		return false
	}
	receive, ok := extract.Tuple.(*ssa.UnOp)
	if !ok || receive.Op != token.ARROW {
		return false
	}
	switch channel := receive.X.(type) {
	case *ssa.UnOp:
		field, ok := channel.X.(*ssa.FieldAddr)
		return ok && isTimerChannel(field)
	case *ssa.Call:
		callee := channel.Common().StaticCallee()
		return callee != nil && callee.String() == "time.Tick"
	}
	return false
}

// loopHead returns the range of a loop's head, which begins at its for keyword.
func (b *builder) loopHead(l *loop) (token.Pos, token.Pos) {
	var from, to token.Pos
	for _, block := range l.blocks {
		for _, instr := range block.Instrs {
			if pos := instr.Pos(); pos.IsValid() {
				if !from.IsValid() || pos < from {
					from = pos
				}
				to = max(to, pos)
			}
		}
	}
	var head, body token.Pos
	for _, file := range b.pass.Files {
		if !from.IsValid() || from < file.FileStart || file.FileEnd < from {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil || n.End() < from || to < n.Pos() {
				return false
			}
			switch n := n.(type) {
			case *ast.ForStmt:
				if n.For <= from && to <= n.End() {
					head, body = n.For, endOfHead(n)
				}
			case *ast.RangeStmt:
				if n.For <= from && to <= n.End() {
					head, body = n.For, n.X.End()
				}
			}
			return true
		})
	}
	return head, body
}

// endOfHead is where the part of a for statement before its body ends.
func endOfHead(n *ast.ForStmt) token.Pos {
	switch {
	case n.Post != nil:
		return n.Post.End()
	case n.Cond != nil:
		return n.Cond.End()
	case n.Init != nil:
		return n.Init.End()
	}
	return n.For + token.Pos(len("for"))
}
