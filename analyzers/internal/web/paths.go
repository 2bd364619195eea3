package web

import (
	"go/ast"
	"go/constant"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// healthWords are the words that name a path for health checks.
var healthWords = []string{
	"health", "healthz", "live", "livez", "liveness", "alive", "ready", "readyz", "readiness", "startup", "startupz", "started",
}

// constants notes the constants of a file that read like the path of a health
// check or like a word of one.
func (g *gatherer) constants(file *ast.File) {
	seen := make(map[string]bool)
	ast.Inspect(file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && g.asksOthers(call) {
			return false
		}
		e, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		v := g.pass.TypesInfo.Types[e].Value
		if v == nil || v.Kind() != constant.String {
			return true
		}
		text := constant.StringVal(v)
		word := strings.ToLower(strings.Trim(text[strings.LastIndexByte(text, '/')+1:], "/"))
		if !strings.Contains(text, "://") && slices.Contains(healthWords, word) && !g.appended(e) {
			g.node = g.graph.NodeOf(e)
			if key := g.node.ID + text; !seen[key] {
				seen[key] = true
				g.add(nil, Event{Kind: mention, Name: text})
			}
		}
		return false
	})
}

// asksOthers reports whether a call makes a request of its own.
func (g *gatherer) asksOthers(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	x, ok := ast.Unparen(sel.X).(*ast.Ident)
	return ok && x.Name == "http" && slices.Contains([]string{"Get", "Head", "Post", "PostForm", "NewRequest", "NewRequestWithContext"}, sel.Sel.Name)
}

// appended reports whether a constant is put behind something that is none.
func (g *gatherer) appended(e ast.Expr) bool {
	sum, ok := g.graph.Parent(e).(*ast.BinaryExpr)
	return ok && sum.Op == token.ADD && sum.Y == e
}

// paths notes what a function does with the path of a request.
func (g *gatherer) paths(fn *ssa.Function) {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			if v, ok := instr.(ssa.Value); ok && g.isRequestPath(v) {
				g.pathUsed(v, 0)
			}
		}
	}
}

// isRequestPath reports whether a value is the path of a request that came in.
func (g *gatherer) isRequestPath(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.UnOp:
		field, ok := v.X.(*ssa.FieldAddr)
		if !ok {
			return false
		}
		fields := fieldsOf(field.X.Type())
		if fields == nil {
			return false
		}
		switch fields.Field(field.Field).Name() {
		case "Path":
			return isNamed(field.X.Type(), "net/url", "URL") && ofRequest(field.X)
		case "RequestURI":
			return isNamed(field.X.Type(), "net/http", "Request")
		}
	case *ssa.Call:
		c := g.callOf(v)
		return c.is("github.com/valyala/fasthttp", "RequestCtx", "Path") || c.is("github.com/valyala/fasthttp", "URI", "Path") ||
			(c.is("github.com/gofiber/fiber", "Ctx", "Path") || c.is("github.com/gofiber/fiber", "Req", "Path")) && len(c.args) == 1
	}
	return false
}

// ofRequest reports whether a URL is that of a request.
func ofRequest(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	field, ok := load.X.(*ssa.FieldAddr)
	return ok && isNamed(field.X.Type(), "net/http", "Request")
}

// maxUses bounds how far a path is followed.
const maxUses = 5

// pathUsed looks at what is done with a path or a part of one.
func (g *gatherer) pathUsed(v ssa.Value, depth int) {
	if v.Referrers() == nil || depth > maxUses {
		return
	}
	for _, user := range *v.Referrers() {
		switch user := user.(type) {
		case *ssa.BinOp:
			g.pathCompared(user, v)
		case *ssa.Lookup:
			if user.Index == v {
				g.reads(user.Pos(), "looks the path of a request up")
			}
		case *ssa.Convert:
			g.pathUsed(user, depth+1)
		case *ssa.ChangeType:
			g.pathUsed(user, depth+1)
		case *ssa.Phi:
			g.pathUsed(user, depth+1)
		case *ssa.Call:
			g.pathGiven(user, v, depth)
		}
	}
}

func (g *gatherer) pathCompared(op *ssa.BinOp, v ssa.Value) {
	if op.Op != token.EQL && op.Op != token.NEQ {
		return
	}
	other := op.X
	if other == v {
		other = op.Y
	}
	if goesOn(op) {
		return
	}
	texts := g.texts(other)
	g.want(texts)
	for _, text := range texts {
		g.add(nil, Event{Kind: compared, Text: text, Site: g.siteAt(op.Pos()), Handler: functionPrefix + id(op.Parent())})
	}
}

// goesOn reports whether all that follows if a path is equal is that the next
// handler is asked: a middleware that leaves a path out.
func goesOn(op *ssa.BinOp) bool {
	for _, user := range *op.Referrers() {
		branch, ok := user.(*ssa.If)
		if !ok {
			return false
		}
		equal := branch.Block().Succs[0]
		if op.Op == token.NEQ {
			equal = branch.Block().Succs[1]
		}
		if !slices.ContainsFunc(equal.Instrs, asksNext) {
			return false
		}
	}
	return true
}

// asksNext reports whether an instruction hands a request on to another handler.
func asksNext(instr ssa.Instruction) bool {
	c, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	if c.Call.IsInvoke() {
		return c.Call.Method.Name() == "ServeHTTP"
	}
	if fn := c.Call.StaticCallee(); fn != nil {
		return fn.Name() == "Next" || fn.Name() == "ServeHTTP" && fn.Pkg != nil && fn.Pkg.Pkg.Path() == "net/http"
	}
	signature := c.Call.Signature()
	return answers(signature) || signature.Params().Len() == 1 && isNamed(signature.Params().At(0).Type(), "github.com/labstack/echo", "Context")
}

// pathGiven looks at a path that is given to a function.
func (g *gatherer) pathGiven(v *ssa.Call, path ssa.Value, depth int) {
	c := g.callOf(v)
	if c.fn == nil || c.fn.Pkg() == nil {
		return
	}
	switch c.path {
	case "strings", "bytes":
		switch c.name {
		case "HasPrefix", "HasSuffix", "Contains", "EqualFold", "Equal":
			texts := g.texts(c.arg(1))
			g.want(texts)
			for _, text := range texts {
				g.add(nil, Event{Kind: compared, Text: text, Tree: c.name == "HasPrefix", Site: g.siteAt(v.Pos()), Handler: functionPrefix + id(v.Parent())})
			}
		case "ToLower", "TrimSuffix", "TrimRight", "TrimSpace":
			g.pathUsed(v, depth+1)
		default:
			g.reads(v.Pos(), "takes the path of a request apart")
		}
	case "path", "regexp", "path/filepath":
		g.reads(v.Pos(), "takes the path of a request apart")
	case "slices":
		g.reads(v.Pos(), "looks the path of a request up")
	default:
		if g.isOwn(c.fn.Pkg()) && len(c.args) <= 3 {
			g.reads(v.Pos(), "hands the path of a request to "+c.fn.Name())
		}
	}
}

func (g *gatherer) reads(pos token.Pos, what string) {
	g.add(nil, Event{Kind: read, Name: what, Site: g.siteAt(pos)})
}
