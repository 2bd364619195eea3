package misregisteredsignalhandler

import (
	"go/ast"
	"go/token"
	"go/types"
	"iter"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// A checker looks at the registrations of one package.
type checker struct {
	pass      *analysis.Pass
	judge     *judge.Judge
	functions []*ssa.Function
	calls     map[token.Pos]*ast.CallExpr // by their left parenthesis
	stores    map[types.Object][]ssa.Value
	inits     map[types.Object]ast.Expr
	reported  map[*ssa.MakeChan]bool
}

// A registration is a call that registers a handler, directly or by a function
// of the module.
type registration struct {
	instr   ssa.CallInstruction
	syntax  *ast.CallExpr
	channel ssa.Value // nil if the callee makes it
	list    ssa.Value
	// channelAt and listAt are the arguments in the source, -1 if there is none.
	channelAt, listAt int
	result            bool // the first result is what to look at
}

// registrations yields the calls of a function that register handlers.
func (c *checker) registrations(fn *ssa.Function) iter.Seq[*registration] {
	return func(yield func(*registration) bool) {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok {
					for _, r := range c.registered(call) {
						if !yield(r) {
							return
						}
					}
				}
			}
		}
	}
}

// registered returns what a call registers.
func (c *checker) registered(instr ssa.CallInstruction) []*registration {
	common := instr.Common()
	callee := common.StaticCallee()
	syntax := c.calls[common.Pos()]
	if callee == nil || syntax == nil {
		return nil
	}
	fn, ok := callee.Object().(*types.Func)
	if !ok || fn.Pkg() == nil {
		return nil
	}
	if known, ok := registrars[unversioned(fn.Pkg().Path())][fn.Name()]; ok && fn.Signature().Recv() == nil {
		r := &registration{instr: instr, syntax: syntax, channelAt: known.channel - 1, listAt: known.list - 1, result: known.result}
		if known.channel > 0 {
			r.channel = common.Args[known.channel-1]
		}
		if known.list > 0 {
			r.list = common.Args[known.list-1]
		}
		return []*registration{r}
	}
	var given Registers
	if !c.pass.ImportObjectFact(fn.Origin(), &given) {
		return nil
	}
	shift := 0 // the receiver is no argument in the source
	if fn.Signature().Recv() != nil && !isMethodExpression(c.pass.TypesInfo, syntax) {
		shift = 1
	}
	var all []*registration
	for _, i := range given.Channels {
		if i < len(common.Args) {
			all = append(all, &registration{instr: instr, syntax: syntax, channel: common.Args[i], channelAt: i - shift, listAt: -1})
		}
	}
	for _, i := range given.Lists {
		if i < len(common.Args) {
			all = append(all, &registration{instr: instr, syntax: syntax, list: common.Args[i], channelAt: -1, listAt: i - shift})
		}
	}
	return all
}

func isMethodExpression(info *types.Info, call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && info.Selections[sel] != nil && info.Selections[sel].Kind() == types.MethodExpr
}

// call judges a call if it registers a handler.
func (c *checker) call(instr ssa.CallInstruction) {
	for _, r := range c.registered(instr) {
		if c.judge.Skips(r.syntax.Pos()) {
			continue
		}
		if r.channel == nil || !c.misses(r) {
			c.judge.Examine(r.syntax)
		}
		c.untrappable(r)
		c.unread(r)
	}
}

// misses judges the channel of a registration. It reports whether the finding
// lies where the channel is made, which then is the subject.
func (c *checker) misses(r *registration) bool {
	origins := c.origins(r.channel)
	if len(origins) > 0 && !slices.ContainsFunc(origins, func(o origin) bool { return !o.null }) {
		c.judge.Report(judge.Finding{
			Range: r.syntax, Message: c.name(r) + " is nil, and " + calleeText(r.syntax) + " panics; make it first with make(chan os.Signal, 1)",
			Detail: judge.Detail{Key: c.name(r)},
		})
		return false
	}
	made, ok := c.unbuffered(origins)
	if !ok || c.swallows(r) {
		return false
	}
	finding := judge.Finding{
		Range:   r.syntax,
		Message: c.name(r) + " is unbuffered and may miss the signal; make it with make(chan os.Signal, 1)",
		Detail:  judge.Detail{Key: c.name(r)},
	}
	if made.made == nil {
		finding.Related = c.related(made.site, "made here")
		c.judge.Report(finding)
		return false
	}
	if c.reported[made.made] {
		return false
	}
	if c.reported == nil {
		c.reported = make(map[*ssa.MakeChan]bool)
	}
	c.reported[made.made] = true
	at := c.calls[made.made.Pos()]
	if at == nil {
		return false
	}
	finding.Fixes, finding.SafeFix = []analysis.SuggestedFix{buffer(at)}, true
	if outermost(made.made.Parent()) != outermost(r.instr.Parent()) {
		finding.Related = []analysis.RelatedInformation{{Pos: at.Pos(), End: at.End(), Message: "made here"}}
		c.judge.Report(finding)
		return false
	}
	finding.Range = at
	finding.Related = []analysis.RelatedInformation{{Pos: r.syntax.Pos(), End: r.syntax.End(), Message: "registered here"}}
	c.judge.Examine(at)
	c.judge.Report(finding)
	return true
}

// buffer gives a channel room for one signal.
func buffer(made *ast.CallExpr) analysis.SuggestedFix {
	edit := analysis.TextEdit{Pos: made.Args[0].End(), End: made.Args[len(made.Args)-1].End(), NewText: []byte(", 1")}
	return analysis.SuggestedFix{Message: "make room for one signal", TextEdits: []analysis.TextEdit{edit}}
}

// swallows reports whether a channel is made in the call of signal.Notify
// itself: nobody can receive from it, and nobody is meant to.
func (c *checker) swallows(r *registration) bool {
	made, ok := ast.Unparen(r.syntax.Args[r.channelAt]).(*ast.CallExpr)
	if !ok || calleeText(r.syntax) != "signal.Notify" {
		return false
	}
	_, ok = c.pass.TypesInfo.Types[made.Fun]
	return ok && c.pass.TypesInfo.Types[made.Fun].IsBuiltin()
}

func outermost(fn *ssa.Function) *ssa.Function {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn
}

// untrappable judges the signals of a registration.
func (c *checker) untrappable(r *registration) {
	if r.listAt < 0 || r.listAt >= len(r.syntax.Args) {
		return
	}
	bad := c.listed(r.syntax, r.listAt)
	if len(bad) == 0 {
		return
	}
	names := namesOf(bad)
	pronoun := "it"
	if len(names) > 1 {
		pronoun = "them"
	}
	finding := judge.Finding{
		Range:   r.syntax,
		Message: strings.Join(names, " and ") + " cannot be trapped; delete " + pronoun + " from the signals",
		Detail:  judge.Detail{Key: strings.Join(names, " ")},
	}
	for _, b := range bad {
		if b.expr == nil {
			finding.Related = append(finding.Related, c.related(b.at, "listed here")...)
		} else if b.expr.Pos() < r.syntax.Pos() || r.syntax.End() < b.expr.End() {
			finding.Related = append(finding.Related, analysis.RelatedInformation{Pos: b.expr.Pos(), End: b.expr.End(), Message: "listed here"})
		}
	}
	if fix, ok := c.delete(bad); ok {
		finding.Fixes, finding.SafeFix = []analysis.SuggestedFix{fix}, true
	}
	c.judge.Report(finding)
}

func (c *checker) related(site shutdown.Site, message string) []analysis.RelatedInformation {
	span, ok := shutdown.Span(c.pass, site)
	if !ok {
		return nil
	}
	return []analysis.RelatedInformation{{Pos: span.From, End: span.To, Message: message}}
}

// name is what a message calls the channel of a registration.
func (c *checker) name(r *registration) string {
	if r.channelAt >= 0 && r.channelAt < len(r.syntax.Args) {
		switch e := ast.Unparen(r.syntax.Args[r.channelAt]).(type) {
		case *ast.Ident:
			if e.Name != "nil" {
				return e.Name
			}
		case *ast.SelectorExpr:
			return types.ExprString(e)
		}
	}
	return "the channel"
}

func calleeText(call *ast.CallExpr) string { return types.ExprString(ast.Unparen(call.Fun)) }
