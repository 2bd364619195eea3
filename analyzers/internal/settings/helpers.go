package settings

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// A Helper is the fact of a function that reads the environment variable which
// one of its parameters names.
type Helper struct {
	Name int // index of the parameter
	// Default is one more than the index of the parameter that is returned if
	// the variable is not set.
	Default int
	// Prefix stands before the parameter's text.
	Prefix string
	// Fixed is what is returned if the variable is not set, if IsFixed.
	Fixed    string
	IsFixed  bool
	Required bool
}

// AFact marks Helper as a fact.
func (*Helper) AFact() {}

func (h *Helper) String() string { return "reads an environment variable" }

// helper returns what is known of a function, nil if it is no helper.
func (c *collector) helper(fn *types.Func) *Helper {
	if h, known := c.helpers[fn]; known {
		return h
	}
	var h *Helper
	if fn.Pkg() != c.pass.Pkg {
		var fact Helper
		if c.pass.ImportObjectFact(fn, &fact) {
			h = &fact
		}
	}
	c.helpers[fn] = h
	return h
}

// maxRounds bounds how often helpers of helpers are looked for.
const maxRounds = 8

// findHelpers finds the helpers that the package declares.
func (c *collector) findHelpers() {
	for changed, round := true, 0; changed && round < maxRounds; round++ {
		changed = false
		for _, file := range c.pass.Files {
			for _, decl := range file.Decls {
				d, ok := decl.(*ast.FuncDecl)
				if !ok || d.Body == nil {
					continue
				}
				fn, ok := c.pass.TypesInfo.Defs[d.Name].(*types.Func)
				if !ok || c.helper(fn) != nil {
					continue
				}
				if h := c.asHelper(fn, d.Body); h != nil {
					c.helpers[fn], changed = h, true
					c.pass.ExportObjectFact(fn, h)
				}
			}
		}
	}
}

// asHelper judges a function by its body.
func (c *collector) asHelper(fn *types.Func, body *ast.BlockStmt) *Helper {
	params := fn.Signature().Params()
	var found *Helper
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || found != nil {
			return found == nil
		}
		inner, prefix, fallback, ok := c.reads(call)
		if !ok {
			return true
		}
		name := c.parameter(params, inner)
		if joined, ok := ast.Unparen(inner).(*ast.BinaryExpr); ok && joined.Op == token.ADD {
			text, constant := logapi.Constant(c.pass.TypesInfo, joined.X)
			if constant {
				name, prefix = c.parameter(params, joined.Y), prefix+text
			}
		}
		if name < 0 {
			return true
		}
		found = &Helper{Name: name, Prefix: prefix}
		s := new(Setting)
		if fallback != nil {
			found.Default = c.parameter(params, fallback) + 1
			s.Default, s.HasDefault = c.text(fallback)
		} else {
			c.absence(s, call)
		}
		found.Required, found.Fixed, found.IsFixed = s.Required, s.Default, s.HasDefault
		return false
	})
	if found != nil && found.Default == 0 {
		found.Default = c.returned(params, body, found.Name) + 1
	}
	return found
}

// reads tells what a call reads: the expression of the name, and that of the
// default, nil if it takes none.
func (c *collector) reads(call *ast.CallExpr) (name ast.Expr, prefix string, fallback ast.Expr, ok bool) {
	fn, isFunc := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func)
	if !isFunc || fn.Pkg() == nil {
		return nil, "", nil, false
	}
	if fn.Pkg().Path() == "os" && known(fn) && len(call.Args) == 1 {
		return call.Args[0], "", nil, true
	}
	h := c.helper(fn.Origin())
	if h == nil || h.Name >= len(call.Args) {
		return nil, "", nil, false
	}
	if h.Default > 0 && h.Default <= len(call.Args) {
		fallback = call.Args[h.Default-1]
	}
	return call.Args[h.Name], h.Prefix, fallback, true
}

// parameter returns the index of the parameter that an expression names, else -1.
func (c *collector) parameter(params *types.Tuple, e ast.Expr) int {
	v := c.variable(e)
	for i := range params.Len() {
		if v != nil && params.At(i) == v {
			return i
		}
	}
	return -1
}

// returned returns the index of the parameter, other than the name, that a
// function returns in some place, else -1.
func (c *collector) returned(params *types.Tuple, body *ast.BlockStmt, name int) int {
	found := -1
	ast.Inspect(body, func(n ast.Node) bool {
		if stmt, ok := n.(*ast.ReturnStmt); ok && len(stmt.Results) > 0 {
			if i := c.parameter(params, stmt.Results[0]); i >= 0 && i != name {
				found = i
			}
		}
		return true
	})
	return found
}

// ofHelper reports whether a call lies in a helper: its reads count where the
// helper is called.
func (c *collector) ofHelper(call *ast.CallExpr) bool {
	for n := ast.Node(call); n != nil; n = c.graph.Parent(n) {
		if d, ok := n.(*ast.FuncDecl); ok {
			fn, ok := c.pass.TypesInfo.Defs[d.Name].(*types.Func)
			return ok && c.helper(fn) != nil
		}
	}
	return false
}

// throughHelper notes a read through a helper.
func (c *collector) throughHelper(call *ast.CallExpr, h *Helper) {
	if h.Name >= len(call.Args) {
		return
	}
	name, ok := logapi.Constant(c.pass.TypesInfo, call.Args[h.Name])
	if !ok {
		if !c.ofHelper(call) {
			c.add(call, Setting{Kind: Dynamic})
		}
		return
	}
	s := Setting{Kind: Variable, Name: h.Prefix + name, Required: h.Required, Default: h.Fixed, HasDefault: h.IsFixed}
	if h.Default > 0 && h.Default <= len(call.Args) {
		s.Default, s.HasDefault = c.text(call.Args[h.Default-1])
		s.Required = false
	} else if !s.Required && !s.HasDefault {
		c.absence(&s, call)
	}
	c.add(call, s)
}

// text spells a constant of any type, or a duration, as one would write it into
// the environment.
func (c *collector) text(e ast.Expr) (string, bool) {
	tv, ok := c.pass.TypesInfo.Types[e]
	if !ok || tv.Value == nil {
		return "", false
	}
	return spell(tv)
}
