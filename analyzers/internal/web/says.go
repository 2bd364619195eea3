package web

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/reach"
)

// An ownCall is a call of a function of the user's: what is handed over matters
// if the function wants it.
type ownCall struct {
	call *call
	from *reach.Node
}

// want notes the cells that a text is made of.
func (g *gatherer) want(texts []Text) {
	for _, text := range texts {
		for _, part := range text {
			if strings.HasPrefix(part, paramPrefix) {
				g.wants[part] = true
			}
		}
	}
}

// pathLike are the names of fields that hold paths.
var pathLike = regexp.MustCompile(`(?i)path|pattern|route|uri|url|endpoint|prefix|mount`)

// said notes what is stored in a field that holds paths, and paths that are
// stored in any field.
func (g *gatherer) said(to string, instr *ssa.Store) {
	if isListener(instr.Val.Type()) && strings.HasPrefix(to, fieldPrefix) {
		g.say(to, slices.DeleteFunc(g.listenedOn(instr.Val), func(t Text) bool { return len(t) == 0 }))
		return
	}
	if !isText(instr.Val.Type()) || !strings.HasPrefix(to, fieldPrefix) && !strings.HasPrefix(to, globalPrefix) {
		return
	}
	if name := to[strings.LastIndexByte(to, '.')+1:]; strings.HasPrefix(to, fieldPrefix) && pathLike.MatchString(name) {
		g.say(to, g.texts(instr.Val))
		return
	}
	g.sayConstant(to, instr.Val)
}

// sayConstant notes that a cell holds a constant path.
func (g *gatherer) sayConstant(to string, v ssa.Value) {
	if text, ok := constantOf(v); ok && strings.Contains(text, "/") && !strings.Contains(text, " ") {
		g.say(to, []Text{literal(text)})
	}
}

// sayPath notes what a function returns if it reads like a path: some part of it
// is a constant with a slash.
func (g *gatherer) sayPath(to string, v ssa.Value) {
	texts := g.texts(v)
	for _, text := range texts {
		for _, part := range text {
			if strings.HasPrefix(part, "=") && strings.Contains(part, "/") && !strings.Contains(part, " ") && !strings.Contains(part, "://") {
				g.say(to, texts)
				return
			}
		}
	}
}

func (g *gatherer) say(to string, texts []Text) {
	g.want(texts)
	for _, text := range texts {
		g.add(nil, Event{Kind: say, To: to, Text: text})
	}
}

// handOver says of each call what it hands to functions that want it. What is
// handed over may be wanted from the callers of those who call.
func (g *gatherer) handOver() {
	methods := g.wantedMethods()
	done := make(map[string]bool)
	for again := true; again; {
		again = false
		for i := range g.calls {
			before := len(g.wants)
			g.handOverAt(i, methods, done)
			again = again || len(g.wants) > before
		}
	}
}

// wantedMethods lists the wanted cells by the name of the method whose parameter
// they are.
func (g *gatherer) wantedMethods() map[string][]string {
	methods := make(map[string][]string)
	for _, want := range sortedKeys(g.wants) {
		function := want[len(paramPrefix):strings.LastIndexByte(want, ':')]
		if strings.HasPrefix(function, "(") {
			name := function[strings.LastIndexByte(function, '.')+1:]
			methods[name] = append(methods[name], function)
		}
	}
	return methods
}

func (g *gatherer) handOverAt(i int, methods map[string][]string, done map[string]bool) {
	own := &g.calls[i]
	c := own.call
	callees, offset := []string{c.id()}, 0
	if c.recv != nil {
		offset = 1
	}
	if c.instr.Common().IsInvoke() {
		callees = methods[c.name]
	}
	for _, callee := range callees {
		for j, arg := range c.args {
			cell := paramCell(callee, j+offset)
			key := strconv.Itoa(i) + cell
			if !g.wants[cell] || done[key] {
				continue
			}
			done[key] = true
			g.node = own.from
			g.say(cell, g.wanted(arg))
		}
	}
}

// wanted returns what is said of an argument: of a string what it may be, of a
// listener its address, of a context or request how long it lasts.
func (g *gatherer) wanted(arg ssa.Value) []Text {
	if isListener(arg.Type()) {
		return g.listenedOn(arg)
	}
	if isText(arg.Type()) {
		return g.texts(arg)
	}
	return g.limits(arg)
}
