package dockerfile

import (
	"context"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// Kind is the kind of the documents.
const Kind = "image"

// Assemble makes a group of each Dockerfile: the image of its final stage. A
// stage that only hands out files is no image that runs, so it has none.
func Assemble(ctx context.Context, tree *source.Tree, base string, artifacts []*document.Artifact) ([]document.Group, []finding.Notice) {
	var groups []document.Group
	listed := map[string]bool{} // scripts; several images may share one
	for _, artifact := range artifacts {
		if ctx.Err() != nil {
			break
		}
		p, ok := artifact.Syntax.(*parsed)
		if !ok || len(p.stages) == 0 || p.exportsOnly() {
			continue
		}
		files := newImageFiles(tree, p)
		d := p.document(files, base)
		group := document.Group{Documents: []*document.Document{d}, Refs: map[string]*document.Document{d.Name: d}}
		for _, name := range slices.Sorted(maps.Keys(files.scripts)) {
			if !listed[name] {
				listed[name] = true
				group.Artifacts = append(group.Artifacts, scriptArtifact(files.scripts[name]))
			}
		}
		groups = append(groups, group)
	}
	return groups, nil
}

// exportsOnly holds for FROM scratch with nothing but files: an image that is
// taken apart again (build --output).
func (p *parsed) exportsOnly() bool {
	final := p.stages[len(p.stages)-1]
	if !strings.EqualFold(final.from().arguments[0].value, "scratch") {
		return false
	}
	return !slices.ContainsFunc(final.instructions[1:], func(i *instruction) bool {
		return !slices.Contains([]string{"COPY", "ADD", "ARG", "LABEL", "WORKDIR", "MAINTAINER"}, i.name)
	})
}

func (p *parsed) document(files *imageFiles, base string) *document.Document {
	configs := p.configure()
	final := p.stages[len(p.stages)-1]
	name := final.name
	if name == "" {
		name = Kind
	}
	root := newMapping(source.Range{End: len(p.file.Content)})
	root.put("name", fact(name))
	root.put("file", fact(p.file.Path))
	c := configs[final.index]
	image := p.image(c, files, isDevelopment(p.file.Path, base, final.name))
	root.putAt("image", final.from().place, image)
	if len(p.global) > 0 {
		root.put("global", instructionNodes(p.global))
	}
	root.put("stages", p.tree(c))
	return &document.Document{File: p.file, Family: Family, Kind: Kind, Name: name, Root: root.node}
}

var developmentWords = wordSet("dev devel develop development devcontainer local localdev test tests testing e2e debug tilt")

// isDevelopment reports whether the file, a folder below base or the stage is
// named as something that never serves users.
func isDevelopment(file, base, stage string) bool {
	if base = path.Clean(base); base != "." {
		file = strings.TrimPrefix(file, base+"/")
	}
	words := strings.FieldsFunc(strings.ToLower(file+"/"+stage), func(r rune) bool { return strings.ContainsRune("/-_. ", r) })
	return slices.ContainsFunc(words, func(word string) bool { return developmentWords[word] })
}
