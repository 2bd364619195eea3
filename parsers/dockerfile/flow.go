package dockerfile

import (
	"regexp"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/opslint/opslint/internal/source"
)

// The kinds of an end of a script: what its last statement on some way through
// it does.
const (
	endExec      = "exec"      // exec app: the shell becomes the program
	endProgram   = "program"   // the shell starts a program and waits for it
	endArguments = "arguments" // the shell starts "$@" and waits for it
	endUtility   = "utility"   // a command that is done at once, or a builtin
	endIdle      = "idle"      // sleep infinity, tail -f /dev/null
	endWait      = "wait"      // waits for programs in the background
	endLoop      = "loop"
	endUnknown   = "unknown"
)

// An end is a statement after which nothing more of a script runs.
type end struct {
	kind      string
	branch    bool // only on some ways: in a branch of if, case, && or ||
	pipeline  bool
	place     source.Range // of the statement
	statement string       // as written
	words     []word       // of its command, exec left out
	name      string       // of its program, without folders
}

// A flow finds the ends of a script.
type flow struct {
	*script
	functions map[string]*syntax.Stmt
	called    map[string]bool // functions that were followed
	depth     int
	ends      []end
}

const maxEnds = 100

func (f *flow) add(kind string, n syntax.Node, branch bool, words []word) {
	if len(f.ends) < maxEnds {
		f.ends = append(f.ends, end{kind: kind, branch: branch, place: f.span(n), statement: f.written(n), words: words, name: programName(words)})
	}
}

// tail finds the ends of a list of statements after which nothing follows.
func (f *flow) tail(stmts []*syntax.Stmt, branch bool) {
	if f.depth++; f.depth > maxDepth {
		f.depth--
		return
	}
	defer func() { f.depth-- }()
	stmts = flatten(stmts)
	for i, s := range stmts {
		switch {
		case f.fate(s) == fateExec:
			words, _ := wrappers["exec"].skip(f.words(call(s).Args[1:]))
			f.add(endExec, s, branch, words)
			return
		case f.fate(s) == fateExit:
			if i > 0 {
				f.last(stmts[i-1], branch)
			}
			return
		case i == len(stmts)-1:
			f.last(s, branch)
		case f.fate(stmts[i+1]) == fateExit: // comes next
		default:
			f.middle(s)
		}
	}
}

// flatten puts the statements of { … } groups in the place of the group.
func flatten(stmts []*syntax.Stmt) []*syntax.Stmt {
	var flat []*syntax.Stmt
	for i, s := range stmts {
		block, ok := s.Cmd.(*syntax.Block)
		if ok && !s.Background && !s.Negated {
			if flat == nil {
				flat = slices.Clone(stmts[:i])
			}
			flat = append(flat, flatten(block.Stmts)...)
		} else if flat != nil {
			flat = append(flat, s)
		}
	}
	if flat == nil {
		return stmts
	}
	return flat
}

type fate uint8

const (
	fateGoesOn fate = iota
	fateExec
	fateExit
)

// call returns the command of a statement that runs in the shell itself.
func call(s *syntax.Stmt) *syntax.CallExpr {
	c, ok := s.Cmd.(*syntax.CallExpr)
	if !ok || s.Background || len(c.Args) == 0 {
		return nil
	}
	return c
}

// fate says whether control can go on behind a statement.
func (f *flow) fate(s *syntax.Stmt) fate {
	c := call(s)
	if c == nil {
		return fateGoesOn
	}
	switch c.Args[0].Lit() {
	case "exec":
		if len(c.Args) > 1 {
			return fateExec
		}
	case "exit", "return":
		return fateExit
	}
	return fateGoesOn
}

// terminates holds for a list that always ends the script.
func (f *flow) terminates(stmts []*syntax.Stmt) bool {
	return slices.ContainsFunc(flatten(stmts), func(s *syntax.Stmt) bool { return f.fate(s) != fateGoesOn })
}

// branches returns the lists of statements of which one may run.
func branches(s *syntax.Stmt) [][]*syntax.Stmt {
	var lists [][]*syntax.Stmt
	switch c := s.Cmd.(type) {
	case *syntax.IfClause:
		for ; c != nil; c = c.Else {
			lists = append(lists, c.Then)
		}
	case *syntax.CaseClause:
		for _, item := range c.Items {
			lists = append(lists, item.Stmts)
		}
	case *syntax.BinaryCmd:
		if c.Op == syntax.AndStmt || c.Op == syntax.OrStmt {
			lists = append(lists, []*syntax.Stmt{c.Y})
		}
	}
	return lists
}

// middle finds the ends inside a statement that others follow: branches that
// never come to those.
func (f *flow) middle(s *syntax.Stmt) {
	if f.depth++; f.depth > maxDepth || s.Background {
		f.depth--
		return
	}
	defer func() { f.depth-- }()
	for _, list := range branches(s) {
		if f.terminates(list) {
			f.tail(list, true)
			continue
		}
		for _, inner := range list {
			f.middle(inner)
		}
	}
}

// last finds the ends of a statement that nothing follows.
func (f *flow) last(s *syntax.Stmt, branch bool) {
	if s.Background {
		f.add(endUtility, s, branch, nil)
		return
	}
	switch c := s.Cmd.(type) {
	case *syntax.CallExpr:
		f.command(s, c, branch)
	case *syntax.BinaryCmd:
		f.binary(s, c, branch)
	case *syntax.IfClause, *syntax.CaseClause:
		for _, list := range branches(s) {
			f.tail(list, true)
		}
	case *syntax.Block:
		f.tail(c.Stmts, branch)
	case *syntax.Subshell:
		f.subshell(c, branch)
	case *syntax.TimeClause:
		if c.Stmt != nil {
			f.last(c.Stmt, branch)
		}
	case *syntax.WhileClause, *syntax.ForClause:
		f.add(endLoop, s, branch, nil)
	default: // a declaration, a test, arithmetic, a function
		f.add(endUtility, s, branch, nil)
	}
}

// subshell: the shell waits for ( … ), whatever becomes of the copy.
func (f *flow) subshell(c *syntax.Subshell, branch bool) {
	from := len(f.ends)
	f.tail(c.Stmts, branch)
	for i := range f.ends[from:] {
		if e := &f.ends[from+i]; e.kind == endExec {
			e.kind = endProgram
		}
	}
}

func (f *flow) binary(s *syntax.Stmt, c *syntax.BinaryCmd, branch bool) {
	switch c.Op {
	case syntax.Pipe, syntax.PipeAll:
		f.pipeline(s, branch)
	case syntax.OrStmt: // app || exit 1
		if f.trivial(c.Y) {
			f.last(c.X, branch)
			return
		}
		f.tail([]*syntax.Stmt{c.X}, true)
		f.tail([]*syntax.Stmt{c.Y}, true)
	default:
		if !f.condition(c.X) {
			f.tail([]*syntax.Stmt{c.Y}, branch)
			return
		}
		f.tail([]*syntax.Stmt{c.Y}, true)
	}
}

// condition holds for [ … ] and the like: what stands behind && is a branch.
func (f *flow) condition(s *syntax.Stmt) bool {
	switch c := s.Cmd.(type) {
	case *syntax.TestClause:
		return true
	case *syntax.CallExpr:
		return len(c.Args) > 0 && (c.Args[0].Lit() == "[" || c.Args[0].Lit() == "test")
	case *syntax.BinaryCmd:
		return f.condition(c.Y)
	}
	return false
}

func (f *flow) trivial(s *syntax.Stmt) bool {
	c := call(s)
	return c != nil && (f.fate(s) == fateExit || slices.Contains([]string{"true", ":", "false", "echo"}, c.Args[0].Lit()))
}

// pipeline takes the first command that is a program for the program.
func (f *flow) pipeline(s *syntax.Stmt, branch bool) {
	var parts []*syntax.Stmt
	for {
		b, ok := s.Cmd.(*syntax.BinaryCmd)
		if !ok || b.Op != syntax.Pipe && b.Op != syntax.PipeAll {
			parts = append(parts, s)
			break
		}
		parts = append(parts, b.Y)
		s = b.X
	}
	for _, part := range slices.Backward(parts) {
		at := len(f.ends)
		f.subshell(&syntax.Subshell{Stmts: []*syntax.Stmt{part}}, branch)
		for i := at; i < len(f.ends); i++ {
			f.ends[i].pipeline = true
		}
		if len(f.ends) > at && f.ends[len(f.ends)-1].kind != endUtility {
			return
		}
		if part != parts[0] {
			f.ends = f.ends[:at]
		}
	}
}

// command judges a simple command that nothing follows.
func (f *flow) command(s *syntax.Stmt, c *syntax.CallExpr, branch bool) {
	if len(c.Args) == 0 { // only assignments or redirections
		f.add(endUtility, s, branch, nil)
		return
	}
	name := c.Args[0].Lit()
	if body := f.functions[name]; body != nil {
		if !f.called[name] {
			f.called[name] = true
			f.tail([]*syntax.Stmt{body}, branch)
		}
		return
	}
	words := f.words(c.Args)
	switch {
	case words[0].all:
		f.add(endArguments, s, branch, words)
	case name == "wait":
		f.add(endWait, s, branch, nil)
	case name == "eval" || name == "." || name == "source" || name == "builtin":
		f.add(endUnknown, s, branch, nil)
	case programName(words) == "":
		f.add(endUnknown, s, branch, words)
	default:
		f.add(commandKind(words), s, branch, words)
	}
}

var lastElement = regexp.MustCompile(`/([A-Za-z0-9._+-]+)["']?$`)

// programName returns the program of a command without its folders, "" if it
// cannot be told.
func programName(words []word) string {
	if len(words) == 0 {
		return ""
	}
	first := words[0]
	if first.known {
		return first.value[strings.LastIndexByte(first.value, '/')+1:]
	}
	if m := lastElement.FindStringSubmatch(first.value); m != nil {
		return m[1]
	}
	return ""
}

// utilities are builtins, and programs that are done at once.
var utilities = wordSet(`: [ [[ alias basename break cat cd chgrp chmod chown clear cp curl cut date declare df dirname du echo env
	envsubst export false find getopts grep groupadd head hostname id install let ln local ls mkdir mktemp mount mv popd printenv printf
	ps pushd pwd read readlink readonly realpath rm rmdir sed seq set shift shopt sort stat stty sync tail tar tee test touch tr trap true
	type typeset ulimit umask umount unalias uname unset update-ca-certificates useradd wc wget which whoami`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// commandKind tells programs that run for long, as far as opslint knows, from
// those that do not.
func commandKind(words []word) string {
	name := programName(words)
	last := words[len(words)-1].value
	switch {
	case name == "sleep", name == "pause", name == "tail" && last == "/dev/null", name == "cat" && len(words) == 1:
		return endIdle
	case name == "tail" && len(words) > 1 && (strings.HasPrefix(words[1].value, "-f") || strings.HasPrefix(words[1].value, "-F")):
		return endIdle
	case utilities[name], last == "--help", last == "--version", len(words) == 2 && last == "-h":
		return endUtility
	case len(words) == 1 && shellNamed(name, shellDash) != "": // an interactive shell
		return endUtility
	}
	return endProgram
}
