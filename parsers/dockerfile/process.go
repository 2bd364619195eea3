package dockerfile

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// How a command reaches process 1.
const (
	roleProcess   = "process"   // there is no ENTRYPOINT, or only wrappers: it is run
	rolePassed    = "passed"    // an entrypoint script runs it by exec "$@"
	roleArgument  = "argument"  // a program takes it as arguments
	roleDiscarded = "discarded" // the ENTRYPOINT in shell form throws it away
	roleUnknown   = "unknown"   // an entrypoint that cannot be seen decides
)

// A startup is what happens when a container of an image starts, as far as the
// repository tells.
type startup struct {
	commandRole string    // "" without a command
	init        string    // tini and the like, "" if there is none
	entrypoint  *shellRun // of the shell form
	command     *shellRun // of the shell form
	wrapped     *shellRun // a shell with -c in the exec form
	scripts     []scriptRun
	programs    []programRun
}

// A shellRun is a shell that runs a text.
type shellRun struct {
	*analysis
	shell       string
	instruction string // the member of the effective configuration: "entrypoint" or "command"
	// guarded: a process above it signals the whole process group, so that a
	// shell in between does no harm.
	guarded bool
}

// A scriptRun is an entrypoint script.
type scriptRun struct {
	*analysis          // nil if it was not found
	path        string // in the image
	shell       string
	instruction string
	guarded     bool
}

// A programRun is a program at the end of a way through the start.
type programRun struct {
	words       []word
	name        string
	instruction string
	guarded     bool
}

// A starter follows the start of a container.
type starter struct {
	config  *config
	files   *imageFiles
	startup startup
	seen    map[string]bool // scripts
	sh      string          // what /bin/sh is
	guarded bool            // an init above signals the process group
}

const maxPrograms = 20

// start follows the effective ENTRYPOINT and CMD.
func (c *config) start(files *imageFiles) *startup {
	s := &starter{config: c, files: files, seen: map[string]bool{}, sh: c.sh()}
	entry, command := c.entrypoint, c.command
	commandWords, commandShell := s.launch(command, "command")
	hasCommand := command != nil && !command.empty()
	switch {
	case entry != nil && !entry.empty():
		words, shell := s.launch(entry, "entrypoint")
		if shell != nil {
			s.startup.entrypoint = shell
			if hasCommand {
				s.startup.commandRole = roleDiscarded
			}
			s.ends(shell.analysis, nil, "entrypoint", 0)
			break
		}
		s.throughEntrypoint(words, commandWords, commandShell, hasCommand)
	case hasCommand:
		s.startup.commandRole = roleProcess
		switch {
		case entry != nil: // ENTRYPOINT []
		case c.baseInfo.entrypoint == entrypointPasses:
			s.startup.commandRole = rolePassed
		case c.baseInfo.entrypoint != entrypointNone:
			s.startup.commandRole = roleUnknown
		}
		s.runCommand(commandWords, commandShell)
	}
	return &s.startup
}

// sh says what /bin/sh is in the image.
func (c *config) sh() string {
	switch {
	case c.relinked && c.baseInfo.shell == shellDash:
		return shellBash
	case c.baseInfo.shell == shellNone && c.bringsShell():
		return shellUnknown
	}
	return c.baseInfo.shell
}

// launch returns the words of an exec form, or the shell of a shell form.
func (s *starter) launch(set *setting, member string) ([]word, *shellRun) {
	if set == nil || set.empty() {
		return nil, nil
	}
	if set.form == formExec {
		return execWords(set.arguments), nil
	}
	shell := s.sh
	if set.shell != nil && len(set.shell.arguments) > 0 {
		if shell = shellNamed(set.shell.arguments[0].value, s.sh); shell == "" {
			shell = shellOther
		}
	}
	run := &shellRun{shell: shell, instruction: member}
	run.analysis = analyse(&script{text: set.arguments[0].text})
	return nil, run
}

func execWords(arguments []argument) []word {
	words := make([]word, 0, len(arguments))
	for _, a := range arguments {
		words = append(words, word{value: a.value, known: true, place: a.text.place()})
	}
	return words
}

// throughEntrypoint follows an ENTRYPOINT in exec form with the command behind.
func (s *starter) throughEntrypoint(words, command []word, shell *shellRun, hasCommand bool) {
	before := len(words)
	rest := s.unwrap(words)
	if len(rest) == 0 && before > 0 && hasCommand { // ENTRYPOINT ["tini", "--"]
		s.startup.commandRole = roleProcess
		s.runCommand(command, shell)
		return
	}
	if hasCommand {
		s.startup.commandRole = roleArgument
	}
	all := append(slices.Clone(rest), command...)
	passed := s.run(all, "entrypoint", 0)
	if hasCommand && passed {
		s.startup.commandRole = rolePassed
	}
	if hasCommand && len(s.startup.scripts) > 0 && s.startup.scripts[0].analysis == nil {
		s.startup.commandRole = roleUnknown
	}
	if shell != nil && passed {
		s.startup.command, shell.guarded = shell, s.guarded
		s.ends(shell.analysis, nil, "command", 1)
	}
}

func (s *starter) runCommand(words []word, shell *shellRun) {
	if shell != nil {
		s.startup.command, shell.guarded = shell, s.guarded
		s.ends(shell.analysis, nil, "command", 0)
		return
	}
	s.run(words, "command", 0)
}

const maxLayers = 6

// itself are the ways in which a script names itself.
var itself = wordSet(`"$0" "${0}" $0 "$BASH_SOURCE" "${BASH_SOURCE}" "${BASH_SOURCE[0]}" $BASH_SOURCE ${BASH_SOURCE[0]}`)

// run follows a command. It reports whether the command is a script that ends
// in exec "$@".
func (s *starter) run(words []word, member string, layer int) bool {
	words = s.unwrap(words)
	if len(words) == 0 || layer > maxLayers {
		return false
	}
	if layer > 0 && itself[words[0].value] {
		return false // the script starts anew, as another user: its ends are known
	}
	if !words[0].known {
		s.program(words, member)
		return false
	}
	if shell := shellNamed(words[0].value, s.sh); shell != "" && shell != shellOther {
		return s.runShell(words, shell, member, layer)
	}
	if words[0].value == "busybox" && len(words) > 1 {
		return s.run(words[1:], member, layer)
	}
	return s.runFile(words, member, layer, "")
}

// runShell follows a command whose program is a shell.
func (s *starter) runShell(words []word, shell, member string, layer int) bool {
	at, isText := shellOperand(words)
	if at >= len(words) {
		return false // interactive
	}
	if !isText {
		return s.runFile(words[at:], member, layer, shell)
	}
	operand := words[at]
	if !operand.known {
		return false
	}
	sc := &script{text: text{s: operand.value}, file: operand.file, whole: operand.place}
	after := words[min(at+2, len(words)):] // the first one behind the text is $0
	a := analyse(sc)
	if layer == 0 && s.startup.wrapped == nil {
		holder := member
		if s.isCommand(operand) {
			holder = "command"
		}
		s.startup.wrapped = &shellRun{analysis: a, shell: shell, instruction: holder, guarded: s.guarded}
	}
	return s.ends(a, after, member, layer)
}

// isCommand holds if the word stands in the CMD.
func (s *starter) isCommand(w word) bool {
	c := s.config.command
	return c != nil && w.file == nil && !c.empty() && c.place.Contains(w.place)
}

// shellOperand finds what a shell is given to run: the text behind -c, or the
// name of a script. At is len(words) if there is neither.
func shellOperand(words []word) (at int, isText bool) {
	at = 1
	for ; at < len(words); at++ {
		option := words[at].value
		if len(option) < 2 || option[0] != '-' && option[0] != '+' {
			break
		}
		if strings.HasPrefix(option, "--") {
			continue
		}
		isText = isText || strings.Contains(option, "c")
		if strings.HasSuffix(option, "o") || strings.HasSuffix(option, "O") {
			at++ // the option's name
		}
	}
	return at, isText
}

// runFile follows a script of the build context, or notes a program.
func (s *starter) runFile(words []word, member string, layer int, shell string) bool {
	name := words[0].value
	inImage := name
	if shell != "" && !strings.Contains(name, "/") { // sh run.sh
		inImage = "./" + name
	}
	found := s.files.find(s.config, inImage)
	looksLikeScript := shell != "" || strings.HasSuffix(name, ".sh") || strings.HasSuffix(name, ".bash") || strings.Contains(path.Base(name), "entrypoint")
	switch {
	case s.seen[name]:
		return false
	case found == nil && looksLikeScript:
		s.seen[name] = true
		s.startup.scripts = append(s.startup.scripts, scriptRun{path: name, shell: shellUnknown, instruction: member, guarded: s.guarded})
		return false
	case found == nil:
		s.program(words, member)
		return false
	}
	interpreter, isShell := shebang(found.text.s)
	if shell == "" {
		if !isShell && !(interpreter == "" && looksLikeScript) {
			s.program(words, member)
			return false
		}
		if shell = shellNamed(interpreter, s.sh); shell == "" {
			shell = s.sh
		}
	}
	s.seen[name] = true
	if found.file != nil {
		s.files.scripts[found.file.Path] = found.file
	}
	a := analyse(found)
	s.startup.scripts = append(s.startup.scripts, scriptRun{analysis: a, path: name, shell: shell, instruction: member, guarded: s.guarded})
	return s.ends(a, words[1:], member, layer+1)
}

var interpreterLine = regexp.MustCompile(`^#![ \t]*(\S+)(?:[ \t]+(\S+))?(?:[ \t]+(\S+))?`)

// shebang returns the interpreter of a script and whether it is a shell.
func shebang(content string) (interpreter string, isShell bool) {
	m := interpreterLine.FindStringSubmatch(content)
	if m == nil {
		return "", false
	}
	interpreter = m[1]
	switch path.Base(interpreter) {
	case "env", "with-contenv", "tini", "dumb-init", "busybox":
		interpreter = m[2]
		if interpreter == "-S" || interpreter == "--" {
			interpreter = m[3]
		}
	}
	shell := shellNamed(interpreter, shellDash)
	return interpreter, shell != "" && shell != shellOther
}

// ends follows what the ends of a script start. It reports whether one of them
// is exec "$@".
func (s *starter) ends(a *analysis, after []word, member string, layer int) (passes bool) {
	for _, e := range a.ends {
		switch e.kind {
		case endExec, endProgram, endArguments:
		default:
			continue
		}
		words := substitute(e.words, after)
		if slices.ContainsFunc(e.words, func(w word) bool { return w.all }) {
			passes = true
		}
		if len(words) > 0 {
			passes = s.run(words, member, layer+1) || passes
		}
	}
	return passes
}

// substitute puts the arguments of a script in the place of "$@".
func substitute(words, after []word) []word {
	var full []word
	for _, w := range words {
		if w.all {
			full = append(full, after...)
		} else {
			full = append(full, w)
		}
	}
	return full
}

// program notes a program.
func (s *starter) program(words []word, member string) {
	if len(s.startup.programs) >= maxPrograms {
		return
	}
	if s.isCommand(words[0]) {
		member = "command"
	}
	s.startup.programs = append(s.startup.programs, programRun{words: words, name: programName(words), instruction: member, guarded: s.guarded})
}
