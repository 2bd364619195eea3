package dockerfile

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// A script is shell text that stands in a Dockerfile or in a file of the build
// context.
type script struct {
	text text
	file *source.File // nil: the Dockerfile
	// whole is the place to show for all of it where the bytes of the text have
	// no place of their own (a JSON string with escapes).
	whole source.Range
}

// A word is an argument of a command.
type word struct {
	value string
	known bool // false: only running it would tell, value is as written
	all   bool // it is "$@": all arguments
	place source.Range
	file  *source.File // nil: the Dockerfile
}

func (w word) node() *document.Node {
	n := scalar(w.value, w.known, w.place)
	n.File = w.file
	return n
}

// The shapes of a shell text, by what a shell does when it comes to the last
// command.
const (
	shapeEmpty      = "empty"
	shapeSimple     = "simple"     // app; X=1 app; app >log
	shapeChain      = "chain"      // cd / && app
	shapeSequence   = "sequence"   // a; app
	shapeCompound   = "compound"   // if, case, loops, groups, calls of functions
	shapePipeline   = "pipeline"   // app | tee
	shapeBackground = "background" // app & …
)

// An analysis is what is known about a script without running it.
type analysis struct {
	*script
	parsed bool
	shape  string
	traps  bool // on SIGTERM
	ends   []end
}

// Beyond these a script is not parsed: the parser recurses.
const (
	maxScript    = 1 << 18
	maxDepth     = 200
	maxCompounds = 5000
)

// analyse parses a script and finds out how it ends.
func analyse(s *script) *analysis {
	a := &analysis{script: s, shape: shapeEmpty}
	if len(s.text.s) > maxScript || tooDeep(s.text.s) {
		return a
	}
	program, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(s.text.s), "")
	if err != nil {
		return a
	}
	a.parsed = true
	f := &flow{script: s, functions: map[string]*syntax.Stmt{}, called: map[string]bool{}}
	syntax.Walk(program, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.FuncDecl:
			if n.Name != nil {
				f.functions[n.Name.Value] = n.Body
			}
		case *syntax.CallExpr:
			a.traps = a.traps || trapsTermination(n)
		}
		return true
	})
	a.shape = f.shape(program.Stmts)
	f.tail(program.Stmts, false)
	a.ends = f.ends
	return a
}

// tooDeep bounds the nesting before the parser sees it.
func tooDeep(text string) bool {
	depth, deepest, words := 0, 0, 0
	for i := range len(text) {
		switch text[i] {
		case '(', '{', '[':
			depth++
			deepest = max(deepest, depth)
		case ')', '}', ']':
			depth = max(depth-1, 0)
		}
	}
	for word := range strings.FieldsSeq(text) {
		switch word {
		case "if", "while", "until", "for", "case", "!", "time", "then", "do", "else":
			words++
		}
	}
	return deepest > maxDepth || words > maxCompounds
}

// trapsTermination holds for a trap that does something on SIGTERM.
func trapsTermination(call *syntax.CallExpr) bool {
	if len(call.Args) < 3 || call.Args[0].Lit() != "trap" {
		return false
	}
	action, isKnown := literal(call.Args[1])
	if isKnown && (action == "" || action == "-") {
		return false
	}
	for _, signal := range call.Args[2:] {
		name, _ := literal(signal)
		switch strings.TrimPrefix(strings.ToUpper(name), "SIG") {
		case "TERM", "15":
			return true
		}
	}
	return false
}

// shape tells which of the cases the text as a whole is.
func (f *flow) shape(stmts []*syntax.Stmt) string {
	if len(stmts) == 0 {
		return shapeEmpty
	}
	for _, s := range stmts {
		if s.Background {
			return shapeBackground
		}
	}
	last := stmts[len(stmts)-1]
	if pipeline(last) {
		return shapePipeline
	}
	shape := shapeSimple
	for command := last; ; {
		switch c := command.Cmd.(type) {
		case *syntax.CallExpr:
			if len(c.Args) > 0 && f.functions[c.Args[0].Lit()] != nil || command.Negated {
				return shapeCompound
			}
			if len(stmts) > 1 {
				return shapeSequence
			}
			return shape
		case *syntax.BinaryCmd:
			shape, command = shapeChain, c.Y
		default:
			return shapeCompound
		}
	}
}

// pipeline holds if the statement ends in a pipeline.
func pipeline(s *syntax.Stmt) bool {
	for {
		b, ok := s.Cmd.(*syntax.BinaryCmd)
		if !ok {
			return false
		}
		if b.Op == syntax.Pipe || b.Op == syntax.PipeAll {
			return true
		}
		s = b.Y
	}
}

// literal returns the text that a word always expands to.
func literal(w *syntax.Word) (value string, isKnown bool) {
	var b strings.Builder
	for _, part := range w.Parts {
		switch p := part.(type) {
		case *syntax.Lit:
			b.WriteString(unescape(p.Value))
		case *syntax.SglQuoted:
			b.WriteString(p.Value)
		case *syntax.DblQuoted:
			for _, inner := range p.Parts {
				lit, ok := inner.(*syntax.Lit)
				if !ok {
					return "", false
				}
				b.WriteString(unescapeQuoted(lit.Value))
			}
		default:
			return "", false
		}
	}
	return b.String(), true
}

func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
			if s[i] == '\n' {
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func unescapeQuoted(s string) string {
	return strings.NewReplacer(`\"`, `"`, `\\`, `\`, `\$`, `$`, "\\`", "`", "\\\n", "").Replace(s)
}

// everything holds for "$@", $@, "${@}", $* and their like.
func everything(w *syntax.Word) bool {
	if len(w.Parts) != 1 {
		return false
	}
	part := w.Parts[0]
	if quoted, ok := part.(*syntax.DblQuoted); ok && len(quoted.Parts) == 1 {
		part = quoted.Parts[0]
	}
	p, ok := part.(*syntax.ParamExp)
	return ok && p.Param != nil && (p.Param.Value == "@" || p.Param.Value == "*") && !p.Length && p.Exp == nil && p.Slice == nil && p.Repl == nil
}

// words converts the words of a command.
func (s *script) words(list []*syntax.Word) []word {
	words := make([]word, 0, len(list))
	for _, w := range list {
		converted := word{place: s.span(w), file: s.file, all: everything(w)}
		converted.value, converted.known = literal(w)
		if !converted.known {
			converted.value = s.written(w)
		}
		words = append(words, converted)
	}
	return words
}

// span is the place of a piece of the script.
func (s *script) span(n syntax.Node) source.Range {
	if !s.whole.Empty() {
		return s.whole
	}
	from, to := s.offsets(n)
	return s.text.span(from, to)
}

// written is the piece as it stands in the script.
func (s *script) written(n syntax.Node) string {
	from, to := s.offsets(n)
	return s.text.s[from:to]
}

func (s *script) offsets(n syntax.Node) (from, to int) {
	size := s.text.len()
	from = min(int(n.Pos().Offset()), size)
	return from, min(max(int(n.End().Offset()), from), size)
}
