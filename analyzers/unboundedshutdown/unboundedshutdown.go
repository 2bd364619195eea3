package unboundedshutdown

import (
	_ "embed"
	"fmt"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/unbounded-shutdown",
	Title: "Shutdown without a deadline, or with one that is too long",
	Description: `An orchestrator waits some seconds after SIGTERM and kills what still runs. A
shutdown has to be done by then: one that waits for the slowest request without a
deadline is cut off, and what should come after it, such as the flush of buffers,
does not happen.

Looked at are Shutdown of net/http, echo and fasthttp, the ShutdownWithTimeout and
ShutdownWithContext of fiber, GracefulStop of gRPC, and options of libraries such
as fx.StopTimeout. The deadline may be a constant, the default of a flag or of a
struct tag, or come from the callers; of several, the shortest counts. Reported is
a shutdown that has none or one above the maximum, a context that has already
ended when the shutdown begins, and a GracefulStop without a timer that calls Stop.

A deadline that comes from configuration without a default is not judged.`,
	Remedy:   "give the shutdown a context of its own: ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second); for gRPC, let time.AfterFunc call Stop",
	Severity: rule.Error,
	Clauses:  []string{"OPS-9.3"},
	Scope:    rule.ScopePackage,
	Parameters: []rule.Parameter{{
		Name:        "max",
		Type:        rule.TypeDuration,
		Description: "the longest that a shutdown may take",
		Default:     30.0,
		Standard:    "shutdown",
	}},
	Example: judge.Example(example),
}

var maximum float64

// Analyzer reports shutdowns that are not bounded by a deadline.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       "unboundedshutdown",
		Doc:        "report shutdowns that are not bounded by a deadline\n\n" + Rule.Description,
		Requires:   []*analysis.Analyzer{shutdown.Analyzer},
		Run:        run,
		ResultType: judge.Type,
	}
	a.Flags.Float64Var(&maximum, "max", 30, "the longest that a shutdown may take, in `seconds`")
	return a
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	program := pass.ResultOf[shutdown.Analyzer].(*shutdown.Program)
	if program == nil || program.Service() == nil {
		return j.Result(), nil
	}
	for _, d := range program.Drains() {
		drain(pass, j, program, d)
	}
	return j.Result(), nil
}

// drain judges how long one shutdown may take.
func drain(pass *analysis.Pass, j *judge.Judge, program *shutdown.Program, d *shutdown.Drain) {
	span, related, ok := program.Place(pass, d.Site)
	if !ok {
		return
	}
	if service := program.Service(); service.Maybe {
		j.Undetermined(span, service.Unsure)
		return
	}
	bound, known := d.Longest()
	if !known {
		j.Undetermined(span, "how long "+d.Text+" may take comes from outside and has no constant default")
		return
	}
	j.Examine(span)
	f := judge.Finding{Range: span, Related: related, Detail: judge.Detail{Key: d.Text}}
	limit := time.Duration(maximum * float64(time.Second))
	switch {
	case !d.Served || d.Raced:
		return
	case bound.Done || bound.Limit <= 0 && !d.Option:
		f.Message = fmt.Sprintf("the context of %s is already done; make it of context.Background or context.WithoutCancel", d.Text)
	case bound.Limit == shutdown.Unlimited || bound.Limit < 0:
		f.Message = d.Text + " waits without a deadline; " + remedy(d, limit)
		f.Fixes = contextFix(pass, d, bound, limit)
	case bound.Limit > limit:
		f.Message = fmt.Sprintf("shutdown may take %s, %s are allowed", seconds(bound.Limit), seconds(limit))
		f.Fixes = literalFix(pass, bound, limit)
	default:
		return
	}
	blamed := bound.Arg
	if bound.Made != (shutdown.Site{}) {
		blamed = bound.Made
	}
	if blamed != (shutdown.Site{}) {
		if at, _, ok := program.Place(pass, blamed); ok {
			if blamed.Line != d.Site.Line {
				f.Related = append(shutdown.Related(pass, d.Site, "shut down here"), f.Related...)
			}
			f.Range = at
			j.Examine(at)
		}
	}
	j.Report(f)
}

// remedy says what to write instead.
func remedy(d *shutdown.Drain, limit time.Duration) string {
	switch {
	case d.Kind == shutdown.GRPC:
		return "call Stop after " + seconds(limit) + " by time.AfterFunc"
	case d.Bounds[0].Arg == (shutdown.Site{}):
		return "use ShutdownWithTimeout or ShutdownWithContext"
	}
	return fmt.Sprintf("give it a context of context.WithTimeout with at most %s", seconds(limit))
}

// seconds writes a duration as the standard does: 30 s.
func seconds(d time.Duration) string {
	if d%time.Second == 0 {
		return fmt.Sprintf("%d s", d/time.Second)
	}
	return d.String()
}
