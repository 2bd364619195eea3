package unhandledsigterm

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/edit"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// fixes adds SIGTERM to the list of the one trap that a service has, if the list
// is written out in the package at hand.
func (r *report) fixes(traps []shutdown.Trap) []analysis.SuggestedFix {
	if len(traps) != 1 || traps[0].Site.Package != r.pass.Pkg.Path() || !strings.HasPrefix(traps[0].Text, "signal.") {
		return nil
	}
	span, ok := shutdown.Span(r.pass, traps[0].Site)
	if !ok {
		return nil
	}
	for _, file := range r.pass.Files {
		if span.From < file.FileStart || file.FileEnd < span.From {
			continue
		}
		var found *ast.CallExpr
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && call.Pos() == span.From && call.End() == span.To {
				found = call
			}
			return found == nil
		})
		if found != nil {
			return r.addTerm(file, found)
		}
	}
	return nil
}

// addTerm offers the edits that add syscall.SIGTERM behind the signals that a
// call lists by name.
func (r *report) addTerm(file *ast.File, call *ast.CallExpr) []analysis.SuggestedFix {
	fn, ok := typeutil.Callee(r.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "os/signal" || len(call.Args) < 2 || call.Ellipsis.IsValid() {
		return nil
	}
	for _, arg := range call.Args[1:] {
		if _, ok := ast.Unparen(arg).(*ast.SelectorExpr); !ok {
			return nil
		}
	}
	edits, ok := edit.Importing(file, "syscall")
	last := call.Args[len(call.Args)-1]
	if scope := r.pass.TypesInfo.Scopes[file].Innermost(call.Pos()); !ok || scope == nil {
		return nil
	} else if _, obj := scope.LookupParent("syscall", call.Pos()); obj != nil && obj.Parent() != r.pass.TypesInfo.Scopes[file] {
		return nil // the name stands for something else here
	}
	edits = append(edits, analysis.TextEdit{Pos: last.End(), End: last.End(), NewText: []byte(", syscall.SIGTERM")})
	return []analysis.SuggestedFix{{Message: "trap SIGTERM too", TextEdits: edits}}
}
