package dockerfile

import (
	"regexp"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

// A variable is what a build argument or environment variable is known to be.
type variable struct {
	value string
	// known is false if the variable is set to something that only the build
	// knows.
	known bool
	// environment: it was set by ENV, so the container and later stages have it.
	environment bool
}

// A scope holds the variables that an instruction can refer to. A name that is
// missing is unset as far as the file says: an argument without default, or a
// variable of a base image outside the file.
type scope map[string]variable

// environment returns what a stage that starts from this one inherits.
func (s scope) environment() scope {
	inherited := scope{}
	for name, v := range s {
		if v.environment {
			inherited[name] = v
		}
	}
	return inherited
}

// platformArguments are set by the builder before the first FROM.
var platformArguments = []string{
	"BUILDPLATFORM", "BUILDOS", "BUILDARCH", "BUILDVARIANT", "TARGETPLATFORM", "TARGETOS", "TARGETARCH", "TARGETVARIANT", "TARGETSTAGE",
}

func globalScope() scope {
	s := scope{}
	for _, name := range platformArguments {
		s[name] = variable{}
	}
	return s
}

// Names that are asked for without a default: $X, ${X}, ${X#…}, ${X%…}, ${X/…}.
var plainReference = regexp.MustCompile(`\$(?:\{([A-Za-z_][A-Za-z0-9_]*)[}#%/]|([A-Za-z_][A-Za-z0-9_]*))`)

// Beyond these a word is not expanded: nobody writes it, and the library
// recurses.
const (
	maxWord  = 1 << 14
	maxNests = 64
)

// expand replaces variables and drops quotes. Known is false if the result
// depends on something that only the build knows; the result is then the word
// as written.
func (s scope) expand(word string, escape rune) (result string, isKnown bool) {
	if len(word) > maxWord || strings.Count(word, "${") > maxNests {
		return word, false
	}
	for _, m := range plainReference.FindAllStringSubmatch(word, -1) {
		if _, set := s[m[1]+m[2]]; !set {
			return word, false
		}
	}
	getter := &recorder{scope: s}
	result, _, err := shell.NewLex(escape).ProcessWord(word, getter)
	if err != nil || getter.unknown {
		return word, false
	}
	return result, true
}

// A recorder gives the variables of a scope to the library and remembers
// whether it asked for an unknown one.
type recorder struct {
	scope   scope
	unknown bool
}

func (r *recorder) Get(name string) (string, bool) {
	v, set := r.scope[name]
	if set && !v.known {
		r.unknown = true
	}
	return v.value, set
}

func (r *recorder) Keys() []string { return nil }

// An assignment is a variable that an instruction gives a value.
type assignment struct {
	instruction *instruction
	name        string
	pair        pair
	variable    variable
}

// assign executes ENV or ARG. All pairs of an instruction see the scope before
// it. Global holds the arguments before the first FROM, which an ARG without
// default takes over.
func (s scope) assign(i *instruction, global scope, escape rune) []assignment {
	var assignments []assignment
	isEnvironment := i.name == "ENV"
	for _, p := range i.pairs {
		name, _ := s.expand(p.name.s, escape)
		if !p.hasValue {
			if v, ok := global[name]; ok && !s[name].environment {
				s[name] = v
			}
			continue
		}
		v := variable{environment: isEnvironment}
		v.value, v.known = s.expand(p.value.s, escape)
		assignments = append(assignments, assignment{instruction: i, name: name, pair: p, variable: v})
	}
	for _, a := range assignments {
		if isEnvironment || !s[a.name].environment { // ENV wins over ARG
			s[a.name] = a.variable
		}
	}
	return assignments
}
