package web

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

const (
	gorilla    = "github.com/gorilla/mux"
	defaultMux = globalPrefix + "net/http.DefaultServeMux"
)

// call notes what a call does.
func (g *gatherer) call(instr ssa.CallInstruction) {
	c := g.callOf(instr)
	at := g.syntax(instr.Common().Pos())
	if c.fn == nil || c.fn.Pkg() == nil {
		g.toOwn(c)
		return
	}
	if g.isOwn(c.fn.Pkg()) && !looksLikeMux(c) {
		g.toOwn(c)
		g.service(c, at)
		return
	}
	switch r := c.routing(); {
	case looksLikeMux(c):
		g.route(c, at, &routing{act: answer, path: 0, handler: 1}, "net/http")
	case c.path == gorilla && c.routeStep():
		g.chained(c, at)
	case r != nil:
		g.route(c, at, r, routers[c.path].name)
	default:
		g.library(c, at)
	}
	g.around(c, at)
}

// looksLikeMux reports whether a method is called through an interface that says
// of it what http.ServeMux has.
func looksLikeMux(c *call) bool {
	if !c.instr.Common().IsInvoke() || c.name != "Handle" && c.name != "HandleFunc" || len(c.args) != 2 || !isText(c.args[0].Type()) {
		return false
	}
	if c.routing() != nil {
		return false
	}
	signature, ok := c.args[1].Type().Underlying().(*types.Signature)
	return ok && answers(signature) || isNamed(c.args[1].Type(), "net/http", "Handler")
}

// toOwn notes what a call hands to a function of the user's.
func (g *gatherer) toOwn(c *call) {
	callee := c.id()
	if callee == "" || c.instr.Common().IsInvoke() {
		g.toValue(c)
	}
	if callee == "" {
		return
	}
	g.calls = append(g.calls, ownCall{call: c, from: g.node})
	offset := 0
	if c.recv != nil {
		offset = 1
		g.flow(paramCell(callee, 0), c.recv)
	}
	for i, arg := range c.args {
		g.flow(paramCell(callee, i+offset), arg)
		if slice, ok := arg.(*ssa.Slice); ok {
			for _, element := range elements(slice) {
				g.flow(paramCell(callee, i+offset), element)
			}
		}
	}
}

// toValue notes that a server or client is given to a function that is not known:
// an option, a hook.
func (g *gatherer) toValue(c *call) {
	for _, arg := range c.args {
		if configuredName(arg.Type()) != "" {
			g.add(nil, Event{Kind: give, To: g.cell(plain(arg)), Name: "a function value"})
		}
	}
}

// route notes what a call does to a router.
func (g *gatherer) route(c *call, at ast.Node, r *routing, name string) {
	router := g.routerOf(c)
	texts := []Text{literal("")}
	switch {
	case r.act == generated:
		texts = g.compiled(c.arg(r.path), maxSteps)
	case r.path >= 0:
		texts = g.texts(c.arg(r.path))
	}
	g.want(texts)
	switch r.act {
	case answer, generated, files, fallback:
		g.answer(c, at, r, Event{Kind: route, To: router, Library: name}, texts)
	case group:
		g.below(g.result(c), router, texts)
	case scope:
		g.below(g.result(c), router, texts)
		if fn, offset := calleeOf(c.arg(r.handler)); fn != "" {
			g.below(paramCell(fn, offset), router, texts)
		}
	case mount:
		g.mounted(c, at, r, router, texts, name)
	case rebase:
		g.below(router, "", texts)
	case use:
		g.used(c, at, router, name)
	}
}

// answer notes a route for each path that a call may register.
func (g *gatherer) answer(c *call, at ast.Node, r *routing, e Event, texts []Text) {
	switch {
	case r.method == "#0":
		e.Methods = g.methods(c.arg(0))
	case r.method != "":
		e.Methods = []string{r.method}
	}
	if handlers := c.rest(r.handler); len(handlers) > 0 {
		handler := handlers[len(handlers)-1]
		if e.Library == "echo" || e.Library == "fiber" && len(handlers) > 1 && !isFunc(handler) {
			handler = handlers[0]
		}
		e.Handler = g.cell(handler)
	}
	switch r.act {
	case files:
		e.Handler, e.Tree = plainPrefix+"files", true
	case fallback:
		e.Tree = true
	}
	for _, text := range texts {
		e.Text = text
		g.add(at, e)
	}
}

func isFunc(v ssa.Value) bool {
	_, ok := plain(v).Type().Underlying().(*types.Signature)
	return ok
}

// below notes that a cell holds a router below a prefix of another one.
func (g *gatherer) below(to, from string, texts []Text) {
	if to == "" {
		return
	}
	for _, text := range texts {
		g.add(nil, Event{Kind: flow, To: to, From: from, Text: text})
	}
}

// mounted notes a handler that is put below a prefix.
func (g *gatherer) mounted(c *call, at ast.Node, r *routing, router string, texts []Text, name string) {
	cell := g.cell(c.arg(r.handler))
	for _, text := range texts {
		g.add(at, Event{Kind: route, To: router, Library: name, Text: text, Handler: cell, Tree: true})
		if cell != "" {
			g.add(nil, Event{Kind: flow, To: cell, From: router, Text: text})
		}
	}
}

// used looks at what a router is told to use: fiber puts handlers, too, and
// below a prefix if one comes first.
func (g *gatherer) used(c *call, at ast.Node, router, name string) {
	if name == "go-restful" {
		for _, arg := range c.rest(0) {
			g.flow(router, arg)
		}
		return
	}
	if name != "fiber" {
		return
	}
	texts := []Text{literal("")}
	args := c.rest(0)
	if len(args) > 1 && isText(plain(args[0]).Type()) {
		texts = g.texts(args[0])
		args = args[1:]
	}
	for _, arg := range args {
		if isNamed(plain(arg).Type(), "github.com/gofiber/fiber", "App") {
			for _, text := range texts {
				g.add(nil, Event{Kind: flow, To: g.cell(arg), From: router, Text: text})
			}
		} else if len(args) == 1 && !slices.Equal(texts[0], literal("")) {
			for _, text := range texts {
				g.add(at, Event{Kind: route, To: router, Library: name, Text: text, Handler: g.cell(arg), Tree: true})
			}
		}
	}
}

// routerOf names the router that a call works on.
func (g *gatherer) routerOf(c *call) string {
	switch {
	case c.recv != nil:
		return g.cell(c.recv)
	case c.path == "net/http":
		return defaultMux
	}
	return g.cell(c.arg(0))
}

// result names what a call returns.
func (g *gatherer) result(c *call) string {
	if v := c.value(); v != nil {
		return g.cell(v)
	}
	return ""
}

// methods returns the methods that an argument lists, none if they are not
// known.
func (g *gatherer) methods(v ssa.Value) []string {
	values := []ssa.Value{v}
	if v != nil && !isText(v.Type()) {
		values = elements(v)
	}
	var all []string
	for _, value := range values {
		for _, text := range g.texts(value) {
			if len(text) != 1 || !strings.HasPrefix(text[0], "=") {
				return nil
			}
			all = append(all, strings.ToUpper(text[0][1:]))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// calleeOf names the function that a value is and says which of its parameters
// comes first when it is called.
func calleeOf(v ssa.Value) (string, int) {
	if v == nil {
		return "", 0
	}
	offset := 0
	v = plain(v)
	if closure, ok := v.(*ssa.MakeClosure); ok {
		v = closure.Fn
	}
	fn, ok := v.(*ssa.Function)
	if !ok {
		return "", 0
	}
	if strings.HasSuffix(fn.Name(), "$bound") {
		offset = 1
	}
	return id(fn), offset
}
