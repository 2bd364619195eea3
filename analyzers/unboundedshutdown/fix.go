package unboundedshutdown

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/opslint/opslint/analyzers/internal/edit"
	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// contextFix offers to give a shutdown that is called with context.Background()
// a context with a deadline.
func contextFix(pass *analysis.Pass, d *shutdown.Drain, bound *shutdown.Bound, limit time.Duration) []analysis.SuggestedFix {
	if !bound.Direct || limit%time.Second != 0 {
		return nil
	}
	file, arg := fileOf(pass, bound.Arg)
	if file == nil {
		return nil
	}
	path, _ := astutil.PathEnclosingInterval(file, arg.From, arg.To)
	statement := statementOf(path)
	scope := pass.TypesInfo.Scopes[file]
	if scope != nil {
		scope = scope.Innermost(arg.From)
	}
	edits, ok := edit.Importing(file, "time")
	if statement == nil || scope == nil || !ok {
		return nil
	}
	for _, name := range []string{"drainCtx", "cancelDrain"} {
		if _, obj := scope.LookupParent(name, arg.From); obj != nil {
			return nil
		}
	}
	text := func(from, to token.Pos) string {
		content, err := pass.ReadFile(pass.Fset.File(file.FileStart).Name())
		if err != nil {
			return ""
		}
		return string(content[pass.Fset.Position(from).Offset:pass.Fset.Position(to).Offset])
	}
	start := pass.Fset.File(statement.Pos()).LineStart(pass.Fset.Position(statement.Pos()).Line)
	indent := text(start, statement.Pos())
	if strings.TrimLeft(indent, "\t") != "" {
		return nil // the statement does not begin its line
	}
	edits = append(edits,
		analysis.TextEdit{Pos: statement.Pos(), End: statement.Pos(), NewText: fmt.Appendf(nil,
			"drainCtx, cancelDrain := context.WithTimeout(%s, %d*time.Second)\n%sdefer cancelDrain()\n%s", text(arg.From, arg.To), limit/time.Second, indent, indent)},
		analysis.TextEdit{Pos: arg.From, End: arg.To, NewText: []byte("drainCtx")},
	)
	return []analysis.SuggestedFix{{Message: fmt.Sprintf("give %s a context that ends after %s", d.Text, seconds(limit)), TextEdits: edits}}
}

// statementOf returns the statement of a block that a piece of syntax is part of.
func statementOf(path []ast.Node) ast.Stmt {
	for i, n := range path {
		stmt, ok := n.(ast.Stmt)
		if !ok || i+1 >= len(path) {
			continue
		}
		switch path[i+1].(type) {
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
			if clause, ok := path[i+1].(*ast.CommClause); ok && clause.Comm == stmt {
				return nil
			}
			if _, labeled := stmt.(*ast.LabeledStmt); labeled {
				return nil
			}
			return stmt
		}
	}
	return nil
}

// literalFix offers to shorten a deadline that is written as a literal.
func literalFix(pass *analysis.Pass, bound *shutdown.Bound, limit time.Duration) []analysis.SuggestedFix {
	file, span := fileOf(pass, bound.Literal)
	if file == nil || limit%time.Second != 0 {
		return nil
	}
	path, exact := astutil.PathEnclosingInterval(file, span.From, span.To)
	if _, ok := path[0].(*ast.BinaryExpr); !ok || !exact {
		return nil
	}
	return []analysis.SuggestedFix{{
		Message:   "allow " + seconds(limit),
		TextEdits: []analysis.TextEdit{{Pos: span.From, End: span.To, NewText: fmt.Appendf(nil, "%d*time.Second", limit/time.Second)}},
	}}
}

// fileOf finds a site of the package at hand in its syntax.
func fileOf(pass *analysis.Pass, s shutdown.Site) (*ast.File, judge.Span) {
	if s.Package != pass.Pkg.Path() {
		return nil, judge.Span{}
	}
	span, ok := shutdown.Span(pass, s)
	if !ok {
		return nil, judge.Span{}
	}
	for _, file := range pass.Files {
		if file.FileStart <= span.From && span.To <= file.FileEnd {
			return file, span
		}
	}
	return nil, judge.Span{}
}
