package web

import (
	"go/ast"
	"go/constant"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A gorillaChain is what the steps of a chain say of a route.
type gorillaChain struct {
	router  string
	path    []Text
	methods []string
	tree    bool
}

// routeStep reports whether a call is a step of a chain that builds a route.
func (c *call) routeStep() bool {
	return c.typ == "Route" || c.typ == "Router" && (c.name == "Handle" || c.name == "HandleFunc" || c.name == "Subrouter")
}

// chained notes the route that a chain of calls builds:
// r.Path("/orders").Methods("GET").Handler(h), r.PathPrefix("/api").Subrouter().
func (g *gatherer) chained(c *call, at ast.Node) {
	chain := gorillaChain{path: []Text{literal("")}}
	if c.typ == "Router" {
		chain.router = g.cell(c.recv)
		chain.path = g.texts(c.arg(0))
	} else {
		g.backward(&chain, c.recv)
	}
	handler := 0
	switch {
	case c.typ == "Route" && c.name == "Subrouter":
		g.want(chain.path)
		g.below(g.result(c), chain.router, chain.path)
		return
	case c.typ == "Router":
		handler = 1
	case c.name != "Handler" && c.name != "HandlerFunc":
		return
	}
	if v := c.value(); v != nil {
		g.forward(&chain, v)
	}
	g.want(chain.path)
	for _, text := range chain.path {
		g.add(at, Event{Kind: route, To: chain.router, Library: "gorilla/mux", Text: text, Methods: chain.methods, Handler: g.cell(c.arg(handler)), Tree: chain.tree})
	}
}

// backward reads the steps before a call, up to the router.
func (g *gatherer) backward(chain *gorillaChain, v ssa.Value) {
	for range maxSteps {
		instr, ok := plain(v).(*ssa.Call)
		if !ok {
			return
		}
		c := g.callOf(instr)
		if c.path != gorilla || c.recv == nil {
			return
		}
		g.step(chain, c)
		if c.typ == "Router" {
			chain.router = g.cell(c.recv)
			return
		}
		v = c.recv
	}
}

// forward reads the steps behind a call.
func (g *gatherer) forward(chain *gorillaChain, v *ssa.Call) {
	for _, user := range *v.Referrers() {
		next, ok := user.(*ssa.Call)
		if !ok {
			continue
		}
		if c := g.callOf(next); c.path == gorilla && c.typ == "Route" && c.recv == ssa.Value(v) {
			g.step(chain, c)
			g.forward(chain, next)
		}
	}
}

func (g *gatherer) step(chain *gorillaChain, c *call) {
	switch c.name {
	case "Path", "PathPrefix":
		chain.path = joined(g.texts(c.arg(0)), chain.path)
		chain.tree = chain.tree || c.name == "PathPrefix"
	case "Methods":
		chain.methods = append(chain.methods, g.methods(c.arg(0))...)
	}
}

// compiled returns the path of a pattern of grpc-gateway: what runtime.NewPattern
// was given by the code that was generated.
func (g *gatherer) compiled(v ssa.Value, steps int) []Text {
	if steps == 0 || v == nil {
		return unknownTexts
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		if global, ok := v.X.(*ssa.Global); ok && len(g.globals[global]) == 1 {
			return g.compiled(g.globals[global][0], steps-1)
		}
	case *ssa.Extract:
		return g.compiled(v.Tuple, steps-1)
	case *ssa.Call:
		c := g.callOf(v)
		switch c.name {
		case "MustPattern":
			return g.compiled(c.arg(0), steps-1)
		case "NewPattern":
			if path, ok := decoded(elements(c.arg(1)), elements(c.arg(2))); ok {
				return []Text{literal(path)}
			}
		}
	}
	return unknownTexts
}

// The operations of a pattern of grpc-gateway that end a segment.
const (
	pushAny     = 1
	pushLiteral = 2
	pushRest    = 3
)

// decoded spells a pattern of grpc-gateway: pairs of an operation and an operand,
// and the texts that operands stand for.
func decoded(operations, pool []ssa.Value) (string, bool) {
	var path strings.Builder
	for i := 0; i+1 < len(operations); i += 2 {
		operation, ok1 := integer(operations[i])
		operand, ok2 := integer(operations[i+1])
		if !ok1 || !ok2 {
			return "", false
		}
		switch operation {
		case pushAny:
			path.WriteString("/*")
		case pushRest:
			path.WriteString("/**")
		case pushLiteral:
			if operand >= len(pool) {
				return "", false
			}
			text, ok := constantOf(pool[operand])
			if !ok {
				return "", false
			}
			path.WriteString("/" + text)
		}
	}
	return path.String(), true
}

func integer(v ssa.Value) (int, bool) {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil {
		return 0, false
	}
	n, exact := constant.Int64Val(constant.ToInt(c.Value))
	return int(n), exact
}
