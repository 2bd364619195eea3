package dockerfile

import (
	"strings"
)

// A wrapper is a program that starts another one from its arguments and becomes
// it, or passes every signal on.
type wrapper struct {
	// withValue are the options that take the next word.
	withValue string
	// operands is how many words stand between the options and the program.
	operands int
	// assignments: NAME=value may stand before the program.
	assignments bool
	// isInit: it stays process 1 and passes signals on.
	isInit bool
}

var wrappers = map[string]wrapper{
	"tini":                     {withValue: "-p -e", isInit: true},
	"tini-static":              {withValue: "-p -e", isInit: true},
	"docker-init":              {withValue: "-p -e", isInit: true},
	"dumb-init":                {withValue: "-r --rewrite", isInit: true},
	"catatonit":                {isInit: true},
	"env":                      {withValue: "-u --unset -C --chdir", assignments: true},
	"exec":                     {withValue: "-a"},
	"command":                  {},
	"gosu":                     {operands: 1},
	"su-exec":                  {operands: 1},
	"setpriv":                  {withValue: "--reuid --regid --groups --inh-caps --bounding-set"},
	"nice":                     {withValue: "-n"},
	"ionice":                   {withValue: "-c -n"},
	"stdbuf":                   {withValue: "-i -o -e"},
	"nohup":                    {},
	"ddtrace-run":              {},
	"opentelemetry-instrument": {},
}

// unwrap takes the wrappers off the front of a command.
func (s *starter) unwrap(words []word) []word {
	for len(words) > 0 && words[0].known {
		name := programName(words)
		w, ok := wrappers[name]
		if !ok {
			break
		}
		rest, options := w.skip(words[1:])
		if w.isInit && s.startup.init == "" {
			s.startup.init, s.guarded = name, s.signalsGroup(name, options)
		}
		words = rest
	}
	return words
}

// skip returns the words behind a wrapper's own, and its options.
func (w wrapper) skip(words []word) (rest, options []word) {
	i := 0
	for i < len(words) && strings.HasPrefix(words[i].value, "-") {
		option := words[i].value
		options = append(options, words[i])
		i++
		if option == "--" {
			break
		}
		for taking := range strings.FieldsSeq(w.withValue) {
			if option == taking {
				i++
			}
		}
	}
	for w.assignments && i < len(words) && strings.Contains(words[i].value, "=") {
		i++
	}
	return words[min(i+w.operands, len(words)):], options
}

// signalsGroup tells the inits that signal the process group from those that
// signal only their child.
func (s *starter) signalsGroup(name string, options []word) bool {
	has := func(letter, long string) bool {
		for _, o := range options {
			if o.value == long || len(o.value) > 1 && o.value[0] == '-' && o.value[1] != '-' && strings.Contains(o.value, letter) {
				return true
			}
		}
		return false
	}
	switch name {
	case "dumb-init":
		return !has("c", "--single-child")
	case "catatonit":
		return has("g", "")
	}
	if v, set := s.config.scope["TINI_KILL_PROCESS_GROUP"]; set && v.environment {
		return true
	}
	return has("g", "")
}
