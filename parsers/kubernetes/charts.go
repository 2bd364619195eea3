package kubernetes

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
	"github.com/opslint/opslint/parsers/internal/yamltree"
)

// charts are the Helm charts that hold artifacts: by folder, how many.
type charts map[string]int

// findCharts looks for charts above the artifacts. Only what lies in a chart's
// templates, or in the charts folder of one, belongs to it.
func findCharts(tree *source.Tree, artifacts []*document.Artifact) charts {
	found := make(charts)
	isChart := make(map[string]bool)
	for _, a := range artifacts {
		for _, dir := range chartFolders(a.File.Path) {
			if _, ok := isChart[dir]; !ok {
				_, err := tree.Stat(path.Join(dir, "Chart.yaml"))
				isChart[dir] = err == nil
			}
			if isChart[dir] {
				found[dir]++
				break
			}
		}
	}
	return found
}

// chartFolders returns the folders of which a file could be a chart's template,
// the outermost first.
func chartFolders(name string) []string {
	steps := strings.Split(name, "/")
	var dirs []string
	for i, step := range steps[:len(steps)-1] {
		if step == "templates" || step == "charts" {
			dirs = append(dirs, path.Join(".", path.Join(steps[:i]...)))
		}
	}
	return dirs
}

// above returns the folder of the chart that a file belongs to, "" if it
// belongs to none.
func (c charts) above(name string) string {
	for _, dir := range chartFolders(name) {
		if c[dir] > 0 {
			return dir
		}
	}
	return ""
}

// list returns the folders.
func (c charts) list() []any {
	list := make([]any, 0, len(c))
	for _, dir := range slices.Sorted(maps.Keys(c)) {
		list = append(list, dir)
	}
	return list
}

// notices says of each chart that it was not checked.
func (c charts) notices(tree *source.Tree) []finding.Notice {
	var notices []finding.Notice
	for _, dir := range slices.Sorted(maps.Keys(c)) {
		f, err := tree.Read(path.Join(dir, "Chart.yaml"), Limit)
		if err != nil {
			f = source.NewFile(path.Join(dir, "Chart.yaml"), nil)
		}
		name, location := path.Base(dir), source.Location{File: f}
		if chunks, _ := yamltree.Split(f); len(chunks) == 1 {
			if roots, _ := chunks[0].Parse(options); len(roots) == 1 && roots[0].Get("name").Str() != "" {
				name, location.Range = roots[0].Get("name").Str(), roots[0].Get("name").Range
			}
		}
		notices = append(notices, finding.Notice{
			Location:   location,
			Message:    fmt.Sprintf("Helm chart %q is not rendered: check the output of helm template instead", name),
			Incomplete: true,
		})
	}
	return notices
}
