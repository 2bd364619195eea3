package judge

import (
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/opslint/opslint/internal/rule"
)

// Example reads a rule's example.txtar: files below bad/ have findings, files
// below good/ have none. The section of the wanted findings is left out.
func Example(archive string) rule.Example {
	var example rule.Example
	for _, file := range txtar.Parse([]byte(archive)).Files {
		bad := strings.HasPrefix(file.Name, "bad/")
		if bad || strings.HasPrefix(file.Name, "good/") {
			example.Files = append(example.Files, rule.ExampleFile{Name: file.Name, Content: string(file.Data), Bad: bad})
		}
	}
	return example
}
