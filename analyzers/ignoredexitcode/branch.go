package ignoredexitcode

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/exits"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// branch looks at an if statement: at the branch for an error as a failure, at
// any other as more of the function.
func (f *function) branch(s *ast.IfStmt, last bool) {
	failed, op := f.test(s.Cond)
	switch {
	case failed != nil && op == token.NEQ:
		f.failure(s, s.Body, failed, last)
		f.otherwise(s.Else, last)
	case failed != nil && op == token.EQL:
		f.statements(s.Body.List, last)
		if block, ok := s.Else.(*ast.BlockStmt); ok {
			f.failure(s, block, failed, last)
		} else {
			f.otherwise(s.Else, last)
		}
	default:
		f.statements(s.Body.List, last)
		f.otherwise(s.Else, last)
	}
}

func (f *function) otherwise(stmt ast.Stmt, last bool) {
	if stmt != nil {
		f.statement(stmt, last)
	}
}

// test returns the error that a condition tests for being nil or not. One that
// asks which error it is tells no failure.
func (f *function) test(cond ast.Expr) (types.Object, token.Token) {
	if both, ok := ast.Unparen(cond).(*ast.BinaryExpr); ok && both.Op == token.LAND {
		x, op := f.test(both.X)
		y, opY := f.test(both.Y)
		switch {
		case x != nil && op == token.NEQ && !f.asks(both.Y):
			return x, op
		case y != nil && opY == token.NEQ && !f.asks(both.X):
			return y, opY
		}
		return nil, 0
	}
	return exits.NilTest(f.pass.TypesInfo, cond)
}

// asks reports whether a condition holds for certain errors only.
func (f *function) asks(cond ast.Expr) bool {
	switch e := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		return e.Op != token.NOT
	case *ast.BinaryExpr:
		if e.Op == token.LAND || e.Op == token.LOR {
			return f.asks(e.X) || f.asks(e.Y)
		}
		return e.Op == token.EQL && (exits.IsError(f.pass.TypesInfo.TypeOf(e.X)) || exits.IsError(f.pass.TypesInfo.TypeOf(e.Y)))
	case *ast.CallExpr:
		return true
	}
	return false
}

// An outcome is what is seen of a branch for an error.
type outcome struct {
	logs *ast.CallExpr // the call that tells of the failure
	end  ast.Node      // the statement that ends the branch well
	// fails: it ends badly, as it should.
	fails bool
	// open: something else is done, of which an exit code may come.
	open bool
}

// failure judges the branch that is taken for an error.
func (f *function) failure(s *ast.IfStmt, body *ast.BlockStmt, failed types.Object, last bool) {
	o := f.outcome(body, failed)
	source := f.source(s, failed)
	if o.fails {
		f.Checked = append(f.Checked, shutdown.SiteOf(f.pass, s.Cond))
		if fn := f.calledBy(source); fn != nil && last && f.own(fn) {
			f.Ends = append(f.Ends, reach.ID(fn))
		}
		return
	}
	if o.logs != nil && o.end == nil && !last {
		f.tolerant = true
	}
	if o.open || source == nil || f.exempt(source) || f.meant(body) {
		return
	}
	place := o.end
	falls := place == nil && last && o.logs != nil
	if falls {
		place = o.logs
	}
	exit, isExit := place.(*ast.ExprStmt)
	if place == nil || o.logs == nil && !isExit {
		return
	}
	if isExit {
		place = exit.X
	}
	fault := Fault{Site: shutdown.SiteOf(f.pass, place), Failed: text(source.Fun)}
	if fn := f.calledBy(source); fn != nil {
		fault.Runs = runsWork(fn)
	}
	if fix, ok := f.fix(place, failed); ok {
		f.fixes[fault.Site] = fix
	}
	fault = f.worded(fault, f.remedy(place))
	if falls {
		f.falls = append(f.falls, fault)
	} else {
		f.Faults = append(f.Faults, fault)
	}
}

// meant reports whether a comment in a branch says that the failure is no
// failure of the program.
func (f *function) meant(body *ast.BlockStmt) bool {
	for _, file := range f.pass.Files {
		for _, group := range file.Comments {
			if body.Pos() <= group.Pos() && group.End() <= body.End() {
				words := strings.ToLower(group.Text())
				if slices.ContainsFunc(excusing, func(word string) bool { return strings.Contains(words, word) }) {
					return true
				}
			}
		}
	}
	return false
}

// excusing are words of a comment that says why a failure does not matter.
var excusing = []string{
	"best effort", "best-effort", "do not fail", "don't fail", "does not matter", "doesn't matter", "ignore", "intentional", "must never", "never fail",
	"non-fatal", "not an error", "not critical", "not fatal", "on purpose", "optional", "should not fail", "shouldn't fail",
}

func (f *function) calledBy(call *ast.CallExpr) *types.Func {
	if call == nil {
		return nil
	}
	return exits.Callee(f.pass.TypesInfo, call)
}

// remedy says what to write instead of what ends the branch.
func (f *function) remedy(place ast.Node) string {
	_, returns := place.(*ast.ReturnStmt)
	switch {
	case f.kind == failing:
		return "return the error"
	case f.kind == coded:
		return "return 1"
	case returns:
		return "call os.Exit(1) instead of return"
	case place != nil && isExitCall(place):
		return "exit with 1"
	}
	return "call os.Exit(1) after the message"
}

func isExitCall(n ast.Node) bool {
	call, ok := n.(*ast.CallExpr)
	return ok && exits.CalleeName(call) == "Exit"
}

// outcome looks through a branch for an error.
func (f *function) outcome(body *ast.BlockStmt, failed types.Object) outcome {
	var o outcome
	for _, stmt := range body.List {
		switch s := stmt.(type) {
		case *ast.ExprStmt:
			call, ok := ast.Unparen(s.X).(*ast.CallExpr)
			if !ok {
				o.open = true
				continue
			}
			f.call(&o, s, call, failed)
		case *ast.ReturnStmt:
			if f.succeeds(s) {
				o.end = s
			} else {
				o.fails = true
			}
		case *ast.AssignStmt:
			o.open = o.open || s.Tok != token.DEFINE && !f.ignores(s)
		case *ast.IfStmt:
			f.nested(&o, s)
		case *ast.DeclStmt, *ast.EmptyStmt:
		default:
			o.open = true
		}
		if o.fails || o.end != nil {
			break
		}
	}
	return o
}

// ignores reports whether an assignment drops what a cleanup or a print returns.
func (f *function) ignores(s *ast.AssignStmt) bool {
	if len(s.Rhs) != 1 || slices.ContainsFunc(s.Lhs, func(e ast.Expr) bool { return !isBlank(e) }) {
		return false
	}
	call, ok := ast.Unparen(s.Rhs[0]).(*ast.CallExpr)
	return ok && (f.prints(call) || f.usage(call) || exits.IsCleanup(exits.CalleeName(call)))
}

// nested looks at a further condition in a branch for an error. One that asks
// which error it is may end as it likes.
func (f *function) nested(o *outcome, s *ast.IfStmt) {
	ends := false
	ast.Inspect(s, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt, *ast.BranchStmt:
			ends = true
		case *ast.CallExpr:
			if _, ok := f.exits.Of(n); ok {
				ends = true
			}
		}
		return true
	})
	if s.Else != nil || s.Init != nil && ends {
		o.open = true
		return
	}
	if !ends && slices.ContainsFunc(s.Body.List, func(s ast.Stmt) bool { return !f.idle(s) }) {
		o.open = true
	}
}

// call looks at a call in a branch for an error.
func (f *function) call(o *outcome, stmt *ast.ExprStmt, call *ast.CallExpr, failed types.Object) {
	exit, ends := f.exits.Of(call)
	switch {
	case ends && exit.Code == exits.Success:
		o.end = stmt
	case ends, f.panics(call):
		o.fails = true
	case f.prints(call):
		switch f.told(call, failed) {
		case tellsFailure:
			o.logs = call
		case tellsWarning:
			o.open = true
		}
	case f.tells(call, failed):
		o.logs = call
	case f.usage(call), exits.IsCleanup(exits.CalleeName(call)), exits.CalleeName(call) == "cancel":
	default:
		o.open = true
	}
}

func (f *function) panics(call *ast.CallExpr) bool {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && id.Name == "panic" {
		return true
	}
	logged, ok := logapi.Of(f.pass.TypesInfo, call)
	return ok && logged.Func.Level == "fatal"
}

type telling uint8

const (
	tellsNothing telling = iota
	tellsWarning
	tellsFailure
)

// told says whether a print or log call tells of a failure: by its level, else
// by the error among its arguments or by its words.
func (f *function) told(call *ast.CallExpr, failed types.Object) telling {
	words, mentions := "", false
	for _, arg := range call.Args {
		if v := f.pass.TypesInfo.Types[arg].Value; v != nil && v.Kind() == constant.String {
			words += " " + strings.ToLower(constant.StringVal(v))
		}
		ast.Inspect(arg, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && f.pass.TypesInfo.Uses[id] == failed {
				mentions = true
			}
			return !mentions
		})
	}
	for _, arg := range chained(call) {
		ast.Inspect(arg, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && f.pass.TypesInfo.Uses[id] == failed {
				mentions = true
			}
			return !mentions
		})
	}
	has := func(list []string) bool {
		return slices.ContainsFunc(list, func(word string) bool { return strings.Contains(words, word) })
	}
	switch level := f.level(call); {
	case has(softening) || level == "debug" || level == "info" || level == "warn":
		return tellsWarning
	case level == "error" || mentions || has(telltale):
		return tellsFailure
	}
	return tellsNothing
}

// chained returns the arguments of the calls that a chain such as
// log.Error().Err(err).Msg("…") or log.WithError(err).Error("…") begins with.
func chained(call *ast.CallExpr) []ast.Expr {
	var args []ast.Expr
	for {
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok {
			return args
		}
		if call, ok = ast.Unparen(sel.X).(*ast.CallExpr); !ok {
			return args
		}
		args = append(args, call.Args...)
	}
}

// level returns the level of a call of a logger that has levels, "" if it is a
// print.
func (f *function) level(call *ast.CallExpr) string {
	logged, ok := logapi.Of(f.pass.TypesInfo, call)
	if !ok {
		return ""
	}
	if logged.Func.Level != "" || logged.Func.Library != "zerolog" {
		return logged.Func.Level
	}
	for {
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok {
			return "info"
		}
		switch name := sel.Sel.Name; name {
		case "Trace", "Debug", "Info", "Warn", "Error", "Err":
			if name == "Err" && len(call.Args) == 1 {
				if inner, ok := ast.Unparen(sel.X).(*ast.CallExpr); ok {
					call = inner
					continue
				}
			}
			return map[string]string{"Trace": "debug", "Debug": "debug", "Info": "info", "Warn": "warn"}[name]
		}
		if call, ok = ast.Unparen(sel.X).(*ast.CallExpr); !ok {
			return "info"
		}
	}
}

// softening are words of a message that says the failure does not matter.
var softening = []string{"warn", "skip", "ignor", "non-fatal", "nonfatal", "continu", "default", "fallback", "falling back", "optional", "nothing to", "already", "no such", "not found", "up to date", "cancel", "abort", "interrupt", "bye", "goodbye", "hint:", "note:", "info:"}

// telltale are words of a message that says something failed.
var telltale = []string{"fail", "error", "cannot", "can't", "could not", "couldn't", "unable", "invalid"}
