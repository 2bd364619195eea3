package web

import (
	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// Subject returns what a rule about the requests of a service examines: the
// program, its main server among those that are wanted, and where it serves. It
// is false for a package that is no service or has no such server. The analyzer
// of the rule requires [Analyzer] and shutdown's.
func Subject(pass *analysis.Pass, wanted func(*Server) bool) (*Program, *Server, judge.Span, bool) {
	program := pass.ResultOf[Analyzer].(*Program)
	if program == nil || !program.Serves {
		return nil, nil, judge.Span{}, false
	}
	service := pass.ResultOf[shutdown.Analyzer].(*shutdown.Program).Service()
	if service == nil {
		return nil, nil, judge.Span{}, false
	}
	server := program.Main(service.Sinks, wanted)
	if server == nil {
		return nil, nil, judge.Span{}, false
	}
	span, ok := shutdown.Span(pass, server.Site)
	return program, server, span, ok
}
