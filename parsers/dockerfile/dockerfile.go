package dockerfile

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/parser"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// Family is the family of the documents.
const Family = "dockerfile"

// Limit is the size in bytes above which a Dockerfile is not read.
const Limit = 1 << 19

// templateSuffixes name files that become a Dockerfile only when something
// fills them in, and files that are none.
var templateSuffixes = []string{
	".dockerignore", ".j2", ".jinja", ".jinja2", ".tmpl", ".tpl", ".template", ".gotmpl", ".erb", ".ejs", ".hbs", ".mustache",
	".in", ".md", ".orig", ".rej", ".bak", ".swp", "~",
}

// Wants reports whether the file is named like a Dockerfile.
func Wants(name string) bool {
	base := path.Base(name)
	lower := strings.ToLower(base)
	if slices.ContainsFunc(templateSuffixes, func(suffix string) bool { return strings.HasSuffix(lower, suffix) }) {
		return false
	}
	if lower == "dockerfile" || lower == "containerfile" || strings.HasSuffix(lower, ".dockerfile") || strings.HasSuffix(lower, ".containerfile") {
		return true
	}
	for _, word := range []string{"Dockerfile", "Containerfile"} {
		if rest, ok := strings.CutPrefix(base, word); ok && strings.ContainsAny(rest[:1], ".-_") {
			return true
		}
	}
	return false
}

var (
	firstInstruction = regexp.MustCompile(`(?i)^(?:FROM|ARG)\s+\S`)
	templateLine     = regexp.MustCompile(`(?m)^[ \t]*(?:\{\{|\{%|<%)|^(?i:FROM|ARG)[ \t][^\n]*(?:\{\{|\{%|<%|%%)`)
)

// Recognise reports whether the first instruction is FROM or ARG, as in every
// Dockerfile, and no template has to be filled in first.
func Recognise(f *source.File) bool {
	content := bytes.TrimPrefix(f.Content, []byte("\ufeff"))
	if bytes.IndexByte(content, 0) >= 0 {
		return false
	}
	for line := range bytes.Lines(content) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		return firstInstruction.Match(line) && !templateLine.Match(content)
	}
	return false
}

// A parsed is what Parse keeps of a file until Assemble has the build context.
type parsed struct {
	file   *source.File
	escape rune
	global []*instruction // ARG before the first FROM
	stages []*stage
}

// A stage is a FROM with the instructions below it.
type stage struct {
	index        int
	name         string // of FROM … AS name, "" if it has none
	instructions []*instruction
}

func (s *stage) from() *instruction { return s.instructions[0] }

// Parse reads a Dockerfile. Its documents come from [Assemble], which knows the
// files that the image is built from.
func Parse(f *source.File) (*document.Artifact, []finding.Notice) {
	if notice := tooNested(f); notice != nil {
		return nil, []finding.Notice{*notice}
	}
	result, err := parser.Parse(bytes.NewReader(f.Content))
	if err != nil {
		return nil, []finding.Notice{parseNotice(f, err)}
	}
	p := &parsed{file: f, escape: result.EscapeToken}
	lines := newLineReader(f.Content, result.EscapeToken)
	var notices []finding.Notice
	var all []*instruction
	for _, node := range result.AST.Children {
		t, next := lines.join(node.StartLine)
		i := readInstruction(t, node, result.EscapeToken)
		i.readHeredocs(node, lines, next)
		if trouble := i.trouble(len(p.stages) == 0); trouble != "" {
			notices = append(notices, notice(f, i.keyword, trouble))
			if i.name == "FROM" || len(p.stages) == 0 { // nothing below has its place
				p.stages = nil
				break
			}
			continue
		}
		all = append(all, i)
		p.add(i)
	}
	if len(p.stages) > maxStages {
		notices = append(notices, notice(f, p.stages[maxStages].from().place, fmt.Sprintf("more than %d stages cannot be followed", maxStages)))
		p.stages = nil
	}
	return &document.Artifact{File: f, Comments: readComments(f, lines, all), Syntax: p}, notices
}

// maxStages bounds the work for a file: each stage carries all that it inherits.
const maxStages = 200

// add puts an instruction where it belongs.
func (p *parsed) add(i *instruction) {
	switch {
	case i.name == "FROM":
		s := &stage{index: len(p.stages), instructions: []*instruction{i}}
		if len(i.arguments) == 3 && strings.EqualFold(i.arguments[1].value, "AS") {
			s.name = i.arguments[2].value
		}
		p.stages = append(p.stages, s)
	case len(p.stages) == 0:
		p.global = append(p.global, i)
	default:
		s := p.stages[len(p.stages)-1]
		s.instructions = append(s.instructions, i)
	}
}

var known = []string{
	"ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN",
	"SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
}

// trouble says why docker would not build an image with the instruction, "" if
// it would.
func (i *instruction) trouble(beforeFirstStage bool) string {
	words := len(i.arguments)
	switch {
	case !slices.Contains(known, i.name):
		return "unknown instruction " + i.name
	case i.name == "FROM" && words != 1 && (words != 3 || !strings.EqualFold(i.arguments[1].value, "AS")):
		return "FROM wants an image, or an image AS a name"
	case beforeFirstStage && i.name != "FROM" && i.name != "ARG":
		return "instruction " + i.name + " stands before the first FROM"
	}
	return ""
}

// readHeredocs finds the heredocs of an instruction from a line on.
func (i *instruction) readHeredocs(node *parser.Node, lines *lineReader, line int) {
	for _, doc := range node.Heredocs {
		start := lines.whole(line).Start
		for ; line <= len(lines.starts); line++ {
			l := lines.line(line)
			written := string(lines.content[l.Start:l.End])
			if doc.Chomp {
				written = strings.TrimLeft(written, "\t")
			}
			if written == doc.Name {
				break
			}
		}
		content := contiguous(lines.content, source.Range{Start: start, End: max(start, lines.whole(line).Start)})
		if doc.Chomp {
			content = content.chomp()
		}
		holder := i
		if i.onbuild != nil {
			holder = i.onbuild
		}
		holder.heredocs = append(holder.heredocs, heredoc{name: doc.Name, expand: doc.Expand, content: content})
		holder.place.End = max(holder.place.End, lines.line(line).End)
		i.place.End = holder.place.End
		line++
	}
}

// chomp drops the tabs at the beginning of each line.
func (t text) chomp() text {
	var kept strings.Builder
	c := text{at: make([]int, 0, len(t.at))}
	atStart := true
	for i := range len(t.s) {
		if atStart && t.s[i] == '\t' {
			continue
		}
		atStart = t.s[i] == '\n'
		kept.WriteByte(t.s[i])
		c.at = append(c.at, t.at[i])
	}
	c.s = kept.String()
	return c
}

// tooNested refuses what would keep the library busy for hours: its time grows
// with the square of a chain of ONBUILDs.
func tooNested(f *source.File) *finding.Notice {
	const most = 3
	for _, escape := range `\` + "`" {
		lines := newLineReader(f.Content, escape)
		for n := 1; n <= len(lines.starts); {
			t, next := lines.join(n)
			upper := strings.ToUpper(t.s[:min(len(t.s), 1<<12)])
			if strings.HasPrefix(upper, "ONBUILD") && strings.Count(upper, "ONBUILD") > most {
				found := notice(f, lines.line(n), "chain of ONBUILD instructions cannot be read")
				return &found
			}
			n = next
		}
	}
	return nil
}

func notice(f *source.File, r source.Range, message string) finding.Notice {
	return finding.Notice{Location: source.Location{File: f, Range: r}, Message: message, Incomplete: true}
}

// parseNotice turns buildkit's error into a notice at its line.
func parseNotice(f *source.File, err error) finding.Notice {
	message, _, _ := strings.Cut(strings.TrimSpace(err.Error()), "\n")
	line := 0
	var located *parser.LocationError
	if errors.As(err, &located) && len(located.Locations) > 0 && len(located.Locations[0]) > 0 {
		line = located.Locations[0][0].Start.Line
		if strings.Contains(message, "escape token") || strings.Contains(message, "parser directive") {
			line++ // counted before the line was read
		}
	}
	r := source.Range{}
	if line > 0 {
		r = newLineReader(f.Content, parser.DefaultEscapeToken).line(line)
	}
	return notice(f, r, "cannot read Dockerfile: "+message)
}
