package analyzers

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// brokenPackages finds the packages that cannot be analysed: those with errors,
// and those that import one of them, directly or not. Only the former get a
// notice: the errors of the latter mostly follow from theirs.
//
// Wanted reports whether findings in a package would be shown at all; trouble
// in another package is told only if a wanted one imports it.
func brokenPackages(loaded []*packages.Package, f *files, wanted func(*packages.Package) bool) (map[*packages.Package]bool, []finding.Notice) {
	broken := make(map[*packages.Package]bool)
	needed := neededBy(loaded, wanted)
	var notices []finding.Notice
	packages.Visit(loaded, nil, func(p *packages.Package) {
		follows := false
		for _, imported := range p.Imports {
			follows = follows || broken[imported]
		}
		errors := relevantErrors(p)
		if len(errors) == 0 && !follows {
			return
		}
		broken[p] = true
		if !follows && needed[p] && len(errors) > 0 {
			notices = append(notices, errorNotice(p, errors, f))
		}
	})
	return broken, notices
}

// neededBy returns the wanted packages and all that they import.
func neededBy(loaded []*packages.Package, wanted func(*packages.Package) bool) map[*packages.Package]bool {
	needed := make(map[*packages.Package]bool)
	roots := slices.DeleteFunc(slices.Clone(loaded), func(p *packages.Package) bool { return !wanted(p) })
	packages.Visit(roots, nil, func(p *packages.Package) { needed[p] = true })
	return needed
}

// relevantErrors drops the errors that matter to the linker but not to an
// analysis: files to embed that have yet to be generated.
func relevantErrors(p *packages.Package) []packages.Error {
	return slices.DeleteFunc(slices.Clone(p.Errors), func(e packages.Error) bool {
		return strings.HasPrefix(e.Msg, "pattern ") && strings.Contains(e.Msg, "no matching files found") ||
			strings.HasPrefix(e.Msg, "pattern ") && strings.Contains(e.Msg, "cannot embed")
	})
}

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

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(line)
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
