package fatalafterdefer

import (
	"cmp"
	"go/ast"
	"slices"

	"golang.org/x/tools/go/cfg"

	"github.com/opslint/opslint/analyzers/internal/exits"
)

// A flow is what a function calls and defers, in the order of its source.
type flow struct {
	steps  []step
	defers []deferred
	// reachable tells which blocks can follow which.
	reachable map[*cfg.Block]map[*cfg.Block]bool
}

// A step is a call at its place in the control flow.
type step struct {
	call  *ast.CallExpr
	block *cfg.Block
	index int
}

// flow follows a function. Only deferred calls that matter are kept.
func (c *checker) flow(body *ast.BlockStmt) *flow {
	f := &flow{reachable: make(map[*cfg.Block]map[*cfg.Block]bool)}
	for _, block := range c.exits.Graph(body).Blocks {
		if !block.Live {
			continue
		}
		for i, node := range block.Nodes {
			if stmt, ok := node.(*ast.DeferStmt); ok {
				if d, ok := c.deferred(stmt); ok {
					d.block, d.index = block, i
					f.defers = append(f.defers, d)
				}
			}
			exits.Calls(node, func(call *ast.CallExpr) {
				f.steps = append(f.steps, step{call, block, i})
			})
		}
	}
	slices.SortStableFunc(f.steps, func(a, b step) int { return cmp.Compare(a.call.Pos(), b.call.Pos()) })
	slices.SortStableFunc(f.defers, func(a, b deferred) int { return cmp.Compare(a.stmt.Pos(), b.stmt.Pos()) })
	return f
}

// pending returns what may be deferred when a call is made.
func (f *flow) pending(s step) []deferred {
	var pending []deferred
	for _, d := range f.defers {
		if d.block == s.block && d.index < s.index || f.follows(d.block, s.block) {
			pending = append(pending, d)
		}
	}
	return pending
}

// follows reports whether control can get from the end of one block to another.
func (f *flow) follows(from, to *cfg.Block) bool {
	seen := f.reachable[from]
	if seen == nil {
		seen = make(map[*cfg.Block]bool)
		f.reachable[from] = seen
		queue := slices.Clone(from.Succs)
		for ; len(queue) > 0; queue = queue[1:] {
			if b := queue[0]; !seen[b] {
				seen[b] = true
				queue = append(queue, b.Succs...)
			}
		}
	}
	return seen[to]
}
