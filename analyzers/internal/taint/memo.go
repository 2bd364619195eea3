package taint

import (
	"math"

	"golang.org/x/tools/go/ssa"
)

// A key is a question about a package: what a value holds, what a result is.
type key struct {
	kind asked
	v    ssa.Value
	to   path
	at   ssa.Instruction
	n    int
}

type asked uint8

const (
	askValue asked = iota
	askMemory
	askResult
)

// maxDepth bounds how far a value is followed, maxEvals how many questions are
// asked for one argument of a call.
const (
	maxDepth = 300
	maxEvals = 20000
	// maxRounds bounds how often a question that depends on itself is asked until
	// its answer stays the same.
	maxRounds = 8
)

// A memo remembers answers. A question that depends on itself, in a loop or by
// recursion, is asked again with its first answer taken for granted until that
// stays the same: the first time with what the other ways into the loop yield.
// What was answered on the way there is not remembered.
type memo struct {
	answers map[key]value
	open    map[key]int
	assumed map[key]value // of open questions that depend on themselves
	depth   int
	evals   int
	lowest  int // of the open questions that the one at hand depends on
}

func newMemo() memo {
	return memo{answers: make(map[key]value), open: make(map[key]int), assumed: make(map[key]value), lowest: math.MaxInt}
}

func (m *memo) memoize(k key, answer func() value) value {
	if v, ok := m.answers[k]; ok {
		return v
	}
	if depth, ok := m.open[k]; ok {
		m.lowest = min(m.lowest, depth)
		if v, ok := m.assumed[k]; ok {
			return v
		}
		return harmless
	}
	if m.depth > maxDepth || m.evals > maxEvals {
		return unknown
	}
	m.evals++
	depth, before := m.depth, m.lowest
	m.open[k] = depth
	m.depth++
	m.lowest = math.MaxInt
	v := answer()
	for round := 1; m.lowest <= depth && (v.params != 0 || v.tainted()) && round < maxRounds; round++ {
		m.assumed[k] = v
		next := v.join(answer())
		if next.same(v) {
			break
		}
		v = next
	}
	delete(m.assumed, k)
	m.depth--
	delete(m.open, k)
	if m.lowest >= depth {
		m.answers[k] = v
		m.lowest = before
	} else {
		m.lowest = min(m.lowest, before)
	}
	return v
}

// afresh starts the count of questions for another argument.
func (m *memo) afresh() { m.evals = 0 }
