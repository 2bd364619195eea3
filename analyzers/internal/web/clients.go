package web

import (
	"go/ast"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// What a context or request says of how long it lasts, in place of a text.
const (
	openLimit  = "=open"
	boundLimit = "=bound"
)

var (
	openLimits  = []Text{{openLimit}}
	boundLimits = []Text{{boundLimit}}
)

const (
	resty         = "github.com/go-resty/resty"
	retryable     = "github.com/hashicorp/go-retryablehttp"
	defaultClient = globalPrefix + "net/http.DefaultClient"
)

var requesting = []string{"Get", "Head", "Post", "PostForm"}

// client notes a client that a library makes, and requests.
func (g *gatherer) client(c *call, at ast.Node) {
	switch {
	case c.is("net/http", "", requesting...):
		g.add(at, Event{Kind: request, To: defaultClient, Name: callText(at, c.fn), Text: openLimits[0], Literal: true})
	case c.is("net/http", "Client", requesting...), c.is(retryable, "Client", requesting...):
		g.request(c, at, openLimits)
	case c.is("net/http", "Client", "Do"), c.is(retryable, "Client", "Do"):
		g.request(c, at, g.limits(c.arg(0)))
	case c.is(retryable, "", "NewClient"):
		g.add(at, Event{Kind: object, To: g.result(c), Library: "retryablehttp.Client", Literal: true})
	case c.is(retryable, "", requesting...):
		g.add(at, Event{Kind: request, To: globalPrefix + retryable + ".defaultClient", Name: callText(at, c.fn), Text: openLimits[0], Literal: true})
	case c.is(resty, "", "New"):
		g.add(at, Event{Kind: object, To: g.result(c), Library: "resty.Client", Literal: true})
	case c.is(resty, "Client", "SetTimeout"):
		if !isZero(c.arg(0)) {
			g.add(nil, Event{Kind: set, To: g.cell(c.recv), Name: "Timeout", Text: unknownTexts[0]})
		}
	case c.is(resty, "Request", "Get", "Head", "Post", "Put", "Patch", "Delete", "Options", "Send", "Execute"):
		g.restyRequest(c, at)
	case c.path == "net/http" || c.path == retryable || c.path == resty || c.path == "io" || c.path == "encoding/json":
	default:
		g.givenClient(c)
	}
}

// givenClient notes that a client or server is given to a library.
func (g *gatherer) givenClient(c *call) {
	for _, arg := range c.rest(0) {
		if configuredName(plain(arg).Type()) != "" && serveTable[serveKey(c)].library == "" {
			g.add(nil, Event{Kind: give, To: g.cell(plain(arg)), Name: c.fn.Pkg().Name() + "." + c.name})
		}
	}
}

func (g *gatherer) request(c *call, at ast.Node, limits []Text) {
	if v := c.value(); v != nil && streams(v) {
		limits = unknownTexts // a limit would end what is read by and by
	}
	g.lasting(c.recv)
	to := g.cell(c.recv)
	g.want(limits)
	for _, limit := range limits {
		g.add(at, Event{Kind: request, To: to, Name: callText(at, c.fn), Text: limit, Literal: isDefaultClient(c.recv)})
	}
}

// streams reports whether the body of an answer outlives the function that asked:
// it is returned or kept, so that somebody reads it by and by.
func streams(v *ssa.Call) bool {
	for _, user := range *v.Referrers() {
		response, ok := user.(*ssa.Extract)
		if !ok || response.Index != 0 {
			continue
		}
		for _, user := range *response.Referrers() {
			field, ok := user.(*ssa.FieldAddr)
			if !ok || fieldsOf(field.X.Type()).Field(field.Field).Name() != "Body" {
				continue
			}
			for _, user := range *field.Referrers() {
				if body, ok := user.(*ssa.UnOp); ok && kept(body) {
					return true
				}
			}
		}
	}
	return false
}

// kept reports whether a value is returned or stored.
func kept(v ssa.Value) bool {
	for _, user := range *v.Referrers() {
		switch user := user.(type) {
		case *ssa.Return, *ssa.Store:
			return true
		case *ssa.MakeInterface:
			if kept(user) {
				return true
			}
		case *ssa.ChangeInterface:
			if kept(user) {
				return true
			}
		}
	}
	return false
}

func isDefaultClient(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	global, ok := load.X.(*ssa.Global)
	return ok && global.Pkg.Pkg.Path() == "net/http" && global.Name() == "DefaultClient"
}

// restyRequest notes a request of resty: client.R().SetContext(ctx).Get(url).
func (g *gatherer) restyRequest(c *call, at ast.Node) {
	limits := openLimits
	v := c.recv
	for range maxSteps {
		instr, ok := plain(v).(*ssa.Call)
		if !ok {
			return
		}
		step := g.callOf(instr)
		switch {
		case step.is(resty, "Request", "SetContext"):
			limits = g.limits(step.arg(0))
		case step.is(resty, "Client", "R", "NewRequest"):
			g.want(limits)
			for _, limit := range limits {
				g.add(at, Event{Kind: request, To: g.cell(step.recv), Name: callText(at, c.fn), Text: limit})
			}
			return
		case step.path != resty:
			return
		}
		v = step.recv
	}
}

// limits returns what is known of how long a context or a request may last.
func (g *gatherer) limits(v ssa.Value) []Text {
	g.budget = maxValues
	return g.limitsOf(v, maxSteps)
}

func (g *gatherer) limitsOf(v ssa.Value, steps int) []Text {
	if g.budget--; steps == 0 || v == nil || g.budget < 0 {
		return unknownTexts
	}
	switch v := v.(type) {
	case *ssa.Parameter:
		if isNamed(v.Type(), "net/http", "Request") && len(v.Parent().Params) > 1 && answersLike(v) {
			return openLimits // a request that came in
		}
		return []Text{{g.cell(v)}}
	case *ssa.FreeVar:
		if bound := bindingOf(v); bound != nil {
			return g.limitsOf(bound, steps-1)
		}
	case *ssa.Phi:
		return g.anyLimit(v.Edges, steps/2)
	case *ssa.UnOp:
		return g.loadedLimits(v.X, steps-1)
	case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType, *ssa.TypeAssert:
		return g.limitsOf(plain(v), steps-1)
	case *ssa.Extract:
		if instr, ok := v.Tuple.(*ssa.Call); ok {
			return g.limitsOfCall(instr, v.Index, steps)
		}
	case *ssa.Call:
		return g.limitsOfCall(v, 0, steps)
	}
	return unknownTexts
}

// answersLike reports whether a parameter belongs to a function that answers
// requests.
func answersLike(v *ssa.Parameter) bool {
	return slices.ContainsFunc(v.Parent().Params, func(p *ssa.Parameter) bool { return isNamed(p.Type(), "net/http", "ResponseWriter") })
}

func (g *gatherer) anyLimit(values []ssa.Value, steps int) []Text {
	var all []Text
	for _, v := range values {
		all = append(all, g.limitsOf(v, steps)...)
	}
	if len(all) == 0 || len(all) > maxTexts {
		return unknownTexts
	}
	return all
}

func (g *gatherer) loadedLimits(addr ssa.Value, steps int) []Text {
	if steps <= 0 {
		return unknownTexts
	}
	switch addr := addr.(type) {
	case *ssa.Alloc:
		if values, open := storedIn(addr); !open {
			return g.anyLimit(values, steps)
		}
	case *ssa.FreeVar:
		if bound := bindingOf(addr); bound != nil {
			return g.loadedLimits(bound, steps-1)
		}
	}
	return unknownTexts
}

// limitsOfCall returns what is known of a context or request that a call makes.
func (g *gatherer) limitsOfCall(v *ssa.Call, index, steps int) []Text {
	c := g.callOf(v)
	if c.fn == nil || c.fn.Pkg() == nil {
		return unknownTexts
	}
	switch {
	case c.is("context", "", "Background", "TODO", "WithoutCancel"):
		return openLimits
	case c.is("context", "", "WithTimeout", "WithDeadline", "WithTimeoutCause", "WithDeadlineCause"):
		return boundLimits
	case c.is("net/http", "Request", "Context"):
		return g.limitsOf(c.recv, steps-1)
	case c.is("net/http", "", "NewRequest"), c.is(retryable, "", "NewRequest"):
		return openLimits
	case c.is("net/http", "", "NewRequestWithContext"), c.is(retryable, "", "NewRequestWithContext"), c.is("net/http", "Request", "WithContext", "Clone"), c.is(retryable, "Request", "WithContext"):
		return g.limitsOf(c.arg(0), steps-1)
	case c.is(retryable, "", "FromRequest"):
		return g.limitsOf(c.arg(0), steps-1)
	case g.isOwn(c.fn.Pkg()):
		return []Text{{resultCell(c.id(), index)}}
	}
	for _, arg := range c.args { // a context made from another one
		if isNamed(arg.Type(), "context", "Context") {
			return g.limitsOf(arg, steps-1)
		}
	}
	return unknownTexts
}

// sayLimit notes how long a context or request lasts that a function returns.
func (g *gatherer) sayLimit(to string, v ssa.Value) {
	if isNamed(v.Type(), "net/http", "Request") || isNamed(v.Type(), "context", "Context") {
		g.say(to, g.limits(v))
	}
}

// limitOf turns what texts say into a limit.
func limitOf(all []string) Limit {
	limit := Limited
	for _, one := range all {
		switch {
		case "="+one == openLimit:
			return Unlimited
		case strings.Contains(one, unknownText) || "="+one != boundLimit:
			limit = NotKnown
		}
	}
	if len(all) == 0 {
		return NotKnown
	}
	return limit
}
