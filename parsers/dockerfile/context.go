package dockerfile

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/source"
)

// imageFiles finds the files of an image in the repository: what COPY and ADD
// take from the build context, from earlier stages and from heredocs.
type imageFiles struct {
	tree    *source.Tree
	context string // folder of the workspace
	// scripts that a start led to, by their path in the workspace
	scripts map[string]*source.File
}

// newImageFiles chooses the build context: of the Dockerfile's folder and the
// folders above it, the nearest of those that hold most of what is copied.
func newImageFiles(tree *source.Tree, p *parsed) *imageFiles {
	files := &imageFiles{tree: tree, context: path.Dir(p.file.Path), scripts: map[string]*source.File{}}
	var sources []string
	for _, s := range p.stages {
		for _, i := range s.instructions {
			_, fromImage := i.flag("from")
			if i.name != "COPY" && i.name != "ADD" || fromImage || len(i.arguments) < 2 {
				continue
			}
			for _, a := range i.arguments[:len(i.arguments)-1] {
				if name := path.Clean("/" + a.value)[1:]; name != "" && !strings.ContainsAny(name, "*?[$<:") {
					sources = append(sources, name)
				}
			}
		}
	}
	best := -1
	for folder := path.Dir(p.file.Path); ; folder = path.Dir(folder) {
		held := 0
		for _, name := range sources[:min(len(sources), 100)] {
			if _, err := tree.Stat(path.Join(folder, name)); err == nil {
				held++
			}
		}
		if held > best {
			best, files.context = held, folder
		}
		if folder == "." || folder == "/" {
			return files
		}
	}
}

// searchPath is where programs without a folder are looked for.
var searchPath = []string{"/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"}

// find returns the script that a program's name means in the image, nil if it
// is not of this repository or is no text.
func (f *imageFiles) find(c *config, name string) *script {
	if f == nil || name == "" {
		return nil
	}
	var places []string
	switch {
	case path.IsAbs(name):
		places = []string{path.Clean(name)}
	case strings.Contains(name, "/"):
		if c.workdir != "" {
			places = []string{path.Join(c.workdir, name)}
		}
	default:
		for _, folder := range searchPath {
			places = append(places, path.Join(folder, name))
		}
	}
	for _, place := range places {
		if found := f.resolve(c, place, 0); found != nil {
			return found
		}
	}
	return nil
}

const maxCopies = 10 // a file handed on from stage to stage

// resolve finds what the last COPY or ADD that yields a path put there.
func (f *imageFiles) resolve(c *config, place string, depth int) *script {
	if depth > maxCopies {
		return nil
	}
	for i := range slices.Backward(c.copies) {
		step := &c.copies[i]
		if step.target == "" || step.external || step.hasFlag("parents") || step.hasFlag("exclude") {
			continue
		}
		for _, from := range slices.Backward(step.sources) {
			if found := f.fromSource(step, from, place, depth); found != nil {
				return found
			}
		}
	}
	return nil
}

func (s *copyStep) hasFlag(name string) bool { _, ok := s.flag(name); return ok }

// fromSource resolves a path of the image to what one source of a COPY puts
// there.
func (f *imageFiles) fromSource(step *copyStep, from argument, place string, depth int) *script {
	if inline := step.heredocNamed(from.value); inline != nil {
		if place == path.Clean(step.target) || place == path.Join(step.target, inline.name) {
			return &script{text: inline.content}
		}
		return nil
	}
	name := path.Clean("/" + from.value)
	if strings.ContainsAny(name, "$:") {
		return nil
	}
	target := path.Clean(step.target)
	var candidates []string
	if place == target {
		candidates = append(candidates, name)
	}
	if below, ok := strings.CutPrefix(place, strings.TrimSuffix(target, "/")+"/"); ok {
		first, _, _ := strings.Cut(below, "/")
		if matched, err := path.Match(path.Base(name), first); err == nil && matched {
			candidates = append(candidates, path.Join(path.Dir(name), below)) // a file, or several, into a folder
		}
		candidates = append(candidates, path.Join(name, below)) // the content of a folder
	}
	for _, candidate := range candidates {
		if step.from != nil {
			if found := f.resolve(step.from, candidate, depth+1); found != nil {
				return found
			}
			continue
		}
		if found := f.read(candidate); found != nil {
			return found
		}
	}
	return nil
}

func (s *copyStep) heredocNamed(word string) *heredoc {
	if !strings.HasPrefix(word, "<<") {
		return nil
	}
	name := strings.Trim(strings.TrimLeft(word, "<-"), `"'`)
	for i := range s.heredocs {
		if s.heredocs[i].name == name {
			return &s.heredocs[i]
		}
	}
	return nil
}

// read returns a text file of the build context.
func (f *imageFiles) read(name string) *script {
	file, err := f.tree.Read(path.Join(f.context, strings.TrimPrefix(name, "/")), maxScript)
	if err != nil || slices.Contains(file.Content, 0) {
		return nil
	}
	return &script{text: contiguous(file.Content, source.Range{End: len(file.Content)}), file: file}
}

var archive = regexp.MustCompile(`\.(tar|tgz|tbz2?|txz)(\.|$)|\$`)

// bringsShell reports whether files are copied over an empty base that may hold
// a shell.
func (c *config) bringsShell() bool {
	for i := range c.copies {
		step := &c.copies[i]
		target := strings.TrimSuffix(step.target, "/")
		if target == "" || target == "/bin" || target == "/usr" || target == "/usr/bin" {
			return true
		}
		if step.name == "ADD" && slices.ContainsFunc(step.sources, func(a argument) bool { return archive.MatchString(a.value) }) {
			return true
		}
		for _, base := range []string{"sh", "busybox", "bash"} {
			if path.Base(target) == base {
				return true
			}
		}
	}
	return false
}
