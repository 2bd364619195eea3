package dockerfile

import (
	"encoding/json"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/parser"

	"github.com/opslint/opslint/internal/source"
)

// The forms of an instruction that takes a command or a list.
const (
	formExec  = "exec"
	formShell = "shell"
)

// An instruction is one instruction as it was written.
type instruction struct {
	name    string // in upper case
	keyword source.Range
	place   source.Range // from the keyword to the end of the last argument or heredoc
	flags   []option
	form    string // formExec, formShell, or "" for instructions that have no form
	// malformed: the arguments look like a JSON array but are none, so that
	// they count as the shell form.
	malformed bool
	arguments []argument
	pairs     []pair // of ENV, LABEL and ARG
	heredocs  []heredoc
	onbuild   *instruction // of ONBUILD
	// arguments as one text: the command of the shell form
	rest text
}

// An option stands before the arguments: --from=builder.
type option struct {
	name  string
	value string
	place source.Range // of the value, or of the name if there is no value
}

// An argument is a word, or an item of a JSON array.
type argument struct {
	value string // as written, JSON items decoded
	text  text   // as written
}

// A pair is a name with its value, quotes and all. Only ARG can lack the value.
type pair struct {
	name     text
	value    text
	hasValue bool
}

// A heredoc is a file that stands below its instruction.
type heredoc struct {
	name    string
	expand  bool
	content text
}

// flag returns the value of the flag with the name.
func (i *instruction) flag(name string) (option, bool) {
	for _, f := range i.flags {
		if f.name == name {
			return f, true
		}
	}
	return option{}, false
}

// readInstruction takes an instruction apart. The node is what buildkit made of
// the same text.
func readInstruction(t text, node *parser.Node, escape rune) *instruction {
	keyword, rest := t.trim().cut()
	i := &instruction{name: strings.ToUpper(keyword.s), keyword: keyword.place(), place: t.trim().place()}
	i.flags, rest = readFlags(rest, escape)
	i.rest = rest.trim()
	switch i.name {
	case "CMD", "ENTRYPOINT", "RUN", "SHELL":
		i.readCommand(node.Attributes["json"])
	case "ADD", "COPY", "VOLUME":
		if node.Attributes["json"] {
			i.readCommand(true)
		} else {
			i.readWords(i.rest.fields())
		}
	case "HEALTHCHECK":
		kind, command := i.rest.cut()
		i.arguments = []argument{{value: kind.s, text: kind}}
		i.rest = command
		if strings.EqualFold(kind.s, "CMD") {
			i.readCommand(node.Attributes["json"])
		}
	case "ENV", "LABEL":
		i.readPairs(escape)
	case "ARG":
		for _, word := range i.rest.words(escape) {
			i.pairs = append(i.pairs, splitPair(word))
		}
	case "FROM", "EXPOSE":
		i.readWords(i.rest.fields())
	case "ONBUILD":
		if node.Next != nil && len(node.Next.Children) > 0 {
			i.onbuild = readInstruction(i.rest, node.Next.Children[0], escape)
		}
	default: // one text: USER, WORKDIR, STOPSIGNAL, MAINTAINER
		if i.rest.len() > 0 {
			i.arguments = []argument{{value: i.rest.s, text: i.rest}}
		}
	}
	return i
}

func (i *instruction) readWords(words []text) {
	for _, word := range words {
		i.arguments = append(i.arguments, argument{value: word.s, text: word})
	}
}

// readCommand reads the command of CMD, ENTRYPOINT, RUN, SHELL and HEALTHCHECK,
// and the JSON form of lists.
func (i *instruction) readCommand(isJSON bool) {
	if isJSON {
		i.form = formExec
		i.arguments = append(i.arguments, jsonItems(i.rest)...)
		return
	}
	i.form = formShell
	i.malformed = strings.HasPrefix(i.rest.s, "[") && strings.HasSuffix(i.rest.s, "]") && strings.ContainsAny(i.rest.s, "'\"“”")
	if i.rest.len() > 0 {
		i.arguments = append(i.arguments, argument{value: i.rest.s, text: i.rest})
	}
}

// jsonItems finds the strings of an array that buildkit accepted: every quote
// outside a string begins one.
func jsonItems(t text) []argument {
	items := []argument{}
	for i := 0; i < t.len(); i++ {
		if t.s[i] != '"' {
			continue
		}
		end := i + 1
		for end < t.len() && t.s[end] != '"' {
			if t.s[end] == '\\' {
				end++
			}
			end++
		}
		end = min(end+1, t.len())
		item := argument{text: t.slice(i, end)}
		if json.Unmarshal([]byte(item.text.s), &item.value) != nil {
			item.value = item.text.s
		}
		items = append(items, item)
		i = end - 1
	}
	return items
}

// readPairs reads name=value pairs, or the older single "name value".
func (i *instruction) readPairs(escape rune) {
	words := i.rest.words(escape)
	if len(words) > 0 && !strings.Contains(words[0].s, "=") {
		name, value := i.rest.cut()
		i.pairs = []pair{{name: name, value: value, hasValue: true}}
		return
	}
	for _, word := range words {
		i.pairs = append(i.pairs, splitPair(word))
	}
}

func splitPair(word text) pair {
	name, _, found := strings.Cut(word.s, "=")
	p := pair{name: word.slice(0, len(name)), value: word.slice(word.len(), word.len()), hasValue: found}
	if found {
		p.value = word.slice(len(name)+1, word.len())
	}
	return p
}

// readFlags takes the words that begin with -- off the front.
func readFlags(t text, escape rune) (flags []option, rest text) {
	for {
		t = t.trimLeft()
		if !strings.HasPrefix(t.s, "--") {
			return flags, t
		}
		end := t.wordEnd(0, escape)
		word := t.slice(0, end)
		t = t.slice(end, t.len())
		if word.s == "--" {
			return flags, t
		}
		flags = append(flags, readFlag(word, escape))
	}
}

func readFlag(word text, escape rune) option {
	name, value, found := strings.Cut(word.s, "=")
	f := option{name: strings.TrimPrefix(name, "--"), place: word.place()}
	if found {
		f.value, f.place = unquote(value, escape), word.span(len(name)+1, word.len())
	}
	return f
}

// unquote drops quotes and escapes; both kinds of quotes treat escapes alike.
func unquote(s string, escape rune) string {
	if !strings.ContainsAny(s, `'"`+string(escape)) {
		return s
	}
	var b strings.Builder
	quote := byte(0)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == byte(escape):
			if i++; i < len(s) {
				b.WriteByte(s[i])
			}
		case quote == 0 && (c == '\'' || c == '"'):
			quote = c
		case c == quote && quote != 0:
			quote = 0
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
