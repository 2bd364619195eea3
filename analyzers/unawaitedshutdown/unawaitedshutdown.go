package unawaitedshutdown

import (
	_ "embed"
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/unawaited-shutdown",
	Title: "Program that ends while its server is still draining",
	Description: `ListenAndServe returns as soon as Shutdown is called, not when it is done. If
Shutdown runs in a goroutine and function main goes on to its end, the process
ends with the requests that the server was about to finish.

The rule looks at servers of net/http, echo, fiber and fasthttp that a goroutine
shuts down. Reported is one of which main can end behind the serving call without
waiting for something that happens after Shutdown: main returns, log.Fatal or
os.Exit follows, or the channel is closed before Shutdown.

Left alone are a Shutdown that main calls itself, a receive, a WaitGroup, an
errgroup or a run.Group that main waits for, and gRPC, where Serve returns last.`,
	Remedy:   "close a channel behind Shutdown and receive from it at the end of main, or serve in the goroutine and call Shutdown in main",
	Severity: rule.Error,
	Clauses:  []string{"OPS-9.3"},
	Scope:    rule.ScopePackage,
	Example:  judge.Example(example),
}

// Analyzer reports programs that end while their server is still draining.
var Analyzer = &analysis.Analyzer{
	Name:       "unawaitedshutdown",
	Doc:        "report programs that end while their server is still draining\n\n" + Rule.Description,
	Requires:   []*analysis.Analyzer{shutdown.Analyzer},
	Run:        run,
	ResultType: judge.Type,
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	program := pass.ResultOf[shutdown.Analyzer].(*shutdown.Program)
	if program == nil || program.Service() == nil {
		return j.Result(), nil
	}
	for _, s := range program.Servers() {
		if s.Kind == shutdown.HTTP && len(s.Drains) > 0 {
			server(pass, j, program, s)
		}
	}
	return j.Result(), nil
}

// server judges a server that something shuts down.
func server(pass *analysis.Pass, j *judge.Judge, program *shutdown.Program, s *shutdown.Server) {
	early := program.Early(s)
	if early == nil {
		if span, _, ok := program.Place(pass, s.Site); ok {
			j.Examine(span)
		}
		return
	}
	place, other, note := s.Site, early.Drain.Site, "shut down here"
	if early.Near {
		place, other, note = early.Drain.Site, s.Site, "returns as soon as the shutdown begins"
	}
	span, related, ok := program.Place(pass, place)
	if !ok {
		return
	}
	if text, _ := program.Certain(); text != "" {
		j.Undetermined(span, text)
		return
	}
	message := fmt.Sprintf("main returns while %s is still draining", early.Drain.Text)
	related = append(shutdown.Related(pass, other, note), related...)
	if early.Text != "" {
		message = fmt.Sprintf("%s ends the process while %s is still draining", early.Text, early.Drain.Text)
		if early.Site.Line != s.Site.Line || early.Site.File != s.Site.File {
			related = append(related, shutdown.Related(pass, early.Site, "ends the process")...)
		}
	}
	j.Examine(span)
	j.Report(judge.Finding{
		Range: span, Related: related, Detail: judge.Detail{Key: s.Text},
		Message: message + "; close a channel behind it and wait for that in main",
	})
}
