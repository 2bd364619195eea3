package judge

import (
	"path"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/opslint/opslint/internal/rule"
)

// Example reads a rule's example.txtar: files below bad/ have findings, files
// below good/ have none. The section of the wanted findings is left out, and so
// is what only makes the example run: its module and the stand-ins of libraries.
func Example(archive string) rule.Example {
	var example rule.Example
	files := txtar.Parse([]byte(archive)).Files
	var libraries []string
	for _, file := range files {
		if dir, base := path.Split(file.Name); base == "go.mod" && strings.Count(dir, "/") > 1 {
			libraries = append(libraries, dir)
		}
	}
	for _, file := range files {
		if path.Base(file.Name) == "go.mod" || slices.ContainsFunc(libraries, func(dir string) bool { return strings.HasPrefix(file.Name, dir) }) {
			continue
		}
		bad := strings.HasPrefix(file.Name, "bad/")
		if bad || strings.HasPrefix(file.Name, "good/") {
			example.Files = append(example.Files, rule.ExampleFile{Name: file.Name, Content: string(file.Data), Bad: bad})
		}
	}
	return example
}
