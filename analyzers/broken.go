package analyzers

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// brokenPackages finds the packages that cannot be analysed: those with errors,
// and those that import one of them, directly or not. Of the former each gets a
// notice; the errors of the latter mostly follow from theirs. Dependencies that
// are not to be had are told in one notice for all.
//
// Wanted reports whether findings in a package would be shown at all; trouble
// in another package is told only if a wanted one imports it.
func brokenPackages(loaded []*packages.Package, f *files, wanted func(*packages.Package) bool) (map[*packages.Package]bool, []finding.Notice) {
	b := &breakage{files: f, broken: make(map[*packages.Package]bool), needed: neededBy(loaded, wanted), root: make(map[*packages.Package]bool)}
	for _, p := range loaded {
		b.root[p] = true
	}
	packages.Visit(loaded, nil, b.visit)
	if n := len(b.missing); n > 0 {
		b.notices = append(b.notices, b.missingNotice())
	}
	return b.broken, b.notices
}

type breakage struct {
	files   *files
	root    map[*packages.Package]bool // of the main module
	needed  map[*packages.Package]bool
	broken  map[*packages.Package]bool
	notices []finding.Notice
	missing []missingImport
}

// A missingImport is an import of a dependency that could not be loaded.
type missingImport struct {
	by, dependency *packages.Package
}

func (b *breakage) visit(p *packages.Package) {
	errors := relevantErrors(p)
	follows, missing := false, false
	for _, path := range slices.Sorted(maps.Keys(p.Imports)) {
		imported := p.Imports[path]
		if !b.broken[imported] {
			continue
		}
		follows = true
		if b.root[p] && !b.root[imported] && b.needed[p] {
			b.missing, missing = append(b.missing, missingImport{p, imported}), true
		}
	}
	if len(errors) == 0 && !follows {
		return
	}
	b.broken[p] = true
	if b.root[p] && b.needed[p] && !follows && !missing {
		b.notices = append(b.notices, errorNotice(p, errors, b.files))
	}
}

// missingNotice tells about the dependencies that are not to be had, at the
// first import of one.
func (b *breakage) missingNotice() finding.Notice {
	by, dependencies := make(map[*packages.Package]bool), make(map[*packages.Package]bool)
	for _, m := range b.missing {
		by[m.by], dependencies[m.dependency] = true, true
	}
	first := b.missing[0]
	n := finding.Notice{Location: b.importOf(first), Incomplete: true}
	what := "package " + first.by.PkgPath + " is"
	if len(by) > 1 {
		what = fmt.Sprintf("%d packages are", len(by))
	}
	n.Message = fmt.Sprintf("%s not checked: dependency %s cannot be loaded: %s", what, first.dependency.PkgPath, rootCause(first.dependency))
	if more := len(dependencies) - 1; more > 0 {
		n.Message += fmt.Sprintf(" (and %d more dependencies)", more)
	}
	return n
}

// rootCause returns the first error in a package or in what it imports.
func rootCause(p *packages.Package) string {
	message := ""
	packages.Visit([]*packages.Package{p}, nil, func(p *packages.Package) {
		if errors := relevantErrors(p); message == "" && len(errors) > 0 {
			message = firstLine(errors[0].Msg)
		}
	})
	if strings.Contains(message, "GOPROXY=off") {
		return "its module has not been downloaded, run go mod download"
	}
	return message
}

// importOf finds the import declaration of a dependency.
func (b *breakage) importOf(m missingImport) source.Location {
	for _, syntax := range m.by.Syntax {
		for _, spec := range syntax.Imports {
			if spec.Path.Value == strconv.Quote(m.dependency.PkgPath) {
				tokens := m.by.Fset.File(syntax.FileStart)
				if file := b.files.get(tokens.Name()); file != nil {
					return source.Location{File: file, Range: source.Range{Start: tokens.Offset(spec.Path.Pos()), End: tokens.Offset(spec.Path.End())}}
				}
			}
		}
	}
	return errorLocation(m.by, packages.Error{}, b.files)
}

// neededBy returns the wanted packages and all that they import.
func neededBy(loaded []*packages.Package, wanted func(*packages.Package) bool) map[*packages.Package]bool {
	needed := make(map[*packages.Package]bool)
	roots := slices.DeleteFunc(slices.Clone(loaded), func(p *packages.Package) bool { return !wanted(p) })
	packages.Visit(roots, nil, func(p *packages.Package) { needed[p] = true })
	return needed
}

// relevantErrors drops the errors that matter to the linker but not to an
// analysis (files to embed that have yet to be generated), and the compiler's
// output where the parser or the type checker say the same with a place.
func relevantErrors(p *packages.Package) []packages.Error {
	errors := slices.DeleteFunc(slices.Clone(p.Errors), func(e packages.Error) bool {
		return strings.HasPrefix(e.Msg, "pattern ") && (strings.Contains(e.Msg, "no matching files found") || strings.Contains(e.Msg, "cannot embed"))
	})
	placed := slices.ContainsFunc(errors, func(e packages.Error) bool { return !isCompilerOutput(e) })
	return slices.DeleteFunc(errors, func(e packages.Error) bool { return placed && isCompilerOutput(e) })
}

// isCompilerOutput reports whether an error is what the compiler printed for a
// whole package.
func isCompilerOutput(e packages.Error) bool { return strings.HasPrefix(e.Msg, "# ") }

// errorNotice tells the first error of a package, in the order of its files.
func errorNotice(p *packages.Package, errors []packages.Error, f *files) finding.Notice {
	type placed struct {
		location source.Location
		message  string
	}
	var all []placed
	for _, e := range errors {
		all = append(all, placed{errorLocation(p, e, f), firstLine(e.Msg)})
	}
	slices.SortStableFunc(all, func(a, b placed) int {
		return cmp.Or(-compareBool(a.location.File != nil, b.location.File != nil), a.location.Compare(b.location))
	})
	all = slices.CompactFunc(all, func(a, b placed) bool { return a.location.Compare(b.location) == 0 })
	first := all[0]
	message := fmt.Sprintf("package %s is not checked: %s", p.PkgPath, first.message)
	if n := len(all) - 1; n > 0 {
		message += fmt.Sprintf(" (and %d more)", n)
	}
	return finding.Notice{Location: first.location, Message: message, Incomplete: true}
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// firstLine returns the first line that says something, with the command behind
// it if that is what it ends with.
func firstLine(text string) string {
	first := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasSuffix(first, ":"):
			return first + " " + line
		case first != "":
			return first
		case !strings.HasPrefix(line, "# "):
			first = line
		}
	}
	return cmp.Or(first, strings.TrimSpace(text))
}

// errorLocation finds the place of an error: the token it names if its file is
// in the workspace, else the package's first file.
func errorLocation(p *packages.Package, e packages.Error, f *files) source.Location {
	name, line, column := splitPosition(e.Pos)
	if name != "" && !filepath.IsAbs(name) && p.Dir != "" {
		name = filepath.Join(p.Dir, name)
	}
	file := f.get(name)
	if file == nil {
		for _, name := range p.GoFiles {
			if file = f.get(name); file != nil {
				return source.Location{File: file}
			}
		}
		return source.Location{}
	}
	if line == 0 {
		return source.Location{File: file}
	}
	text := file.LineRange(line)
	start := min(text.Start+max(column-1, 0), text.End)
	return source.Location{File: file, Range: source.Range{Start: start, End: tokenEnd(file, start, text.End)}}
}

// tokenEnd returns the end of the word or sign that begins at start.
func tokenEnd(file *source.File, start, limit int) int {
	end := start
	for end < limit && isWord(file.Content[end]) {
		end++
	}
	if end == start {
		end = min(start+1, limit)
	}
	return end
}

func isWord(c byte) bool {
	return c == '_' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// splitPosition splits "file:line:col", "file:line" or "file".
func splitPosition(pos string) (name string, line, column int) {
	if pos == "" || pos == "-" {
		return "", 0, 0
	}
	var numbers []int
	for len(numbers) < 2 {
		i := strings.LastIndexByte(pos, ':')
		if i < 0 {
			break
		}
		n, err := strconv.Atoi(pos[i+1:])
		if err != nil {
			break
		}
		numbers, pos = append(numbers, n), pos[:i]
	}
	switch len(numbers) {
	case 2:
		return pos, numbers[1], numbers[0]
	case 1:
		return pos, numbers[0], 0
	}
	return pos, 0, 0
}
