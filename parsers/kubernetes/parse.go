package kubernetes

import (
	"bytes"
	"path"
	"strings"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
	"github.com/opslint/opslint/parsers/internal/yamltree"
)

// Family is the family of the documents of this package.
const Family = "kubernetes"

// Limit is the size in bytes above which a file is not read.
const Limit = 10 << 20

// largeConfigMap is the size in bytes above which only the identity of a
// ConfigMap is read.
const largeConfigMap = 256 << 10

// Scalars are read as the API machinery reads them.
var options = yamltree.Options{Legacy: true, Placeholders: true}

// syntax is what an artifact holds besides its documents.
type syntax struct {
	// template is the first place in the file that only a template engine
	// understands; the file then has no documents.
	template *source.Range
	// lost are the kinds of the documents that could not be read, "" where even
	// the kind cannot be told.
	lost []string
	// generated: the file says that a tool writes it.
	generated bool
	// held are the notices about a file that may not be checked at all.
	held []finding.Notice
	// kustomizations and skaffolds are the roots of build configurations.
	kustomizations, skaffolds []*document.Node
}

// Wants reports by its path alone whether a file may hold manifests.
func Wants(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml", ".json":
		return true
	}
	return path.Base(name) == "Kustomization"
}

// Recognise reports whether a file holds a manifest or a kustomization.
func Recognise(f *source.File) bool {
	if isKustomization(f.Path) {
		return true
	}
	if !bytes.Contains(f.Content, []byte("apiVersion")) || !bytes.Contains(f.Content, []byte("kind")) {
		return false
	}
	chunks, _ := yamltree.Split(f)
	for _, c := range chunks {
		if _, ok := sniff(f.Content[c.Range.Start:c.Range.End]); ok {
			return true
		}
	}
	return false
}

func isKustomization(name string) bool {
	switch path.Base(name) {
	case "kustomization.yaml", "kustomization.yml", "Kustomization":
		return true
	}
	return false
}

// Parse reads one recognised file.
func Parse(f *source.File) (*document.Artifact, []finding.Notice) {
	r := reader{file: f, syntax: &syntax{generated: generated(f.Content)}}
	chunks, problems := yamltree.Split(f)
	r.report(problems, "")
	for i := range chunks {
		r.chunk(&chunks[i])
	}
	if r.syntax.template != nil {
		for _, d := range r.documents {
			r.syntax.lost = append(r.syntax.lost, d.Kind)
		}
		return &document.Artifact{File: f, Syntax: r.syntax}, nil
	}
	artifact := &document.Artifact{File: f, Documents: r.documents, Syntax: r.syntax}
	artifact.Comments = yamltree.Comments(f, r.roots, r.opaque)
	if len(r.roots) == 0 && len(r.notices) == 0 {
		return nil, nil
	}
	if inTestData(path.Dir(f.Path)) {
		r.syntax.held, r.notices = r.notices, nil
	}
	return artifact, r.notices
}

// A reader gathers what one file holds.
type reader struct {
	file      *source.File
	syntax    *syntax
	documents []*document.Document
	notices   []finding.Notice
	roots     []*document.Node
	opaque    []source.Range // what was not parsed
}

// chunk reads one YAML document, or a stream of JSON values.
func (r *reader) chunk(c *yamltree.Chunk) {
	text := r.file.Content[c.Range.Start:c.Range.End]
	kind, ok := sniff(text)
	if !ok && !isKustomization(r.file.Path) {
		r.opaque = append(r.opaque, c.Range)
		return
	}
	var roots []*document.Node
	var problems []yamltree.Problem
	if identityOnly(kind, len(text)) {
		r.opaque = append(r.opaque, c.Range)
		roots, problems = c.ParseHead(options, "apiVersion", "kind", "metadata")
	} else {
		roots, problems = c.Parse(options)
	}
	if len(roots) == 0 && len(problems) > 0 {
		upTo := problems[len(problems)-1].Range.End - c.Range.Start
		if len(chartFolders(r.file.Path)) > 0 {
			upTo = len(text)
		}
		if at, ok := templateLine(text, upTo); ok {
			r.syntax.lost = append(r.syntax.lost, kind)
			r.syntax.template = &source.Range{Start: c.Range.Start + at.Start, End: c.Range.Start + at.End}
			return
		}
	}
	r.report(problems, kind)
	if len(roots) == 0 {
		r.opaque = append(r.opaque, c.Range) // directives in it govern nothing
	}
	for _, root := range roots {
		r.roots = append(r.roots, root)
		r.root(root, 0)
	}
}

// identityOnly reports whether nobody looks at the body of an object.
func identityOnly(kind string, size int) bool {
	switch kind {
	case "CustomResourceDefinition", "APIService":
		return true
	case "ConfigMap":
		return size > largeConfigMap
	}
	return false
}

// report turns the problems of a document of some kind into notices.
func (r *reader) report(problems []yamltree.Problem, kind string) {
	for _, p := range problems {
		if p.Lost {
			r.syntax.lost = append(r.syntax.lost, kind)
		}
		r.notices = append(r.notices, finding.Notice{
			Location:   source.Location{File: r.file, Range: p.Range},
			Message:    p.Message,
			Incomplete: p.Lost,
		})
	}
}

// root takes in an object, or the objects of a list.
func (r *reader) root(n *document.Node, depth int) {
	const listsInLists = 3
	if n.Kind == document.Sequence && depth < listsInLists {
		for _, item := range n.Items {
			r.root(item, depth+1)
		}
		return
	}
	apiVersion, kind := n.Get("apiVersion").Str(), n.Get("kind").Str()
	items := n.Get("items")
	switch {
	case n.Kind != document.Mapping:
	case isKustomization(r.file.Path), strings.HasPrefix(apiVersion, "kustomize.config.k8s.io/"):
		r.syntax.kustomizations = append(r.syntax.kustomizations, n)
	case strings.HasPrefix(apiVersion, "skaffold/"):
		r.syntax.skaffolds = append(r.syntax.skaffolds, n)
	case apiVersion == "" || kind == "":
	case strings.HasSuffix(kind, "List") && items != nil && items.Kind == document.Sequence && depth < listsInLists:
		r.root(items, depth)
	case !fragment(n, kind):
		r.documents = append(r.documents, &document.Document{
			File: r.file, Family: Family, Kind: kind, Name: nameOf(n), Root: n,
		})
	}
}

// nameOf returns the Document.Name of an object; see the package's comment.
func nameOf(n *document.Node) string {
	metadata := n.Get("metadata")
	name := text(metadata.Get("name"))
	if name == "" {
		name = text(metadata.Get("generateName"))
	}
	if name == "" {
		name = "unnamed"
	}
	kind := text(n.Get("kind"))
	if namespace := text(metadata.Get("namespace")); namespace != "" {
		return kind + "/" + namespace + "/" + name
	}
	return kind + "/" + name
}

// text returns the text of a string or of a placeholder for one.
func text(n *document.Node) string {
	if n != nil && (n.Kind == document.String || n.Kind == document.Unknown) {
		return n.Text
	}
	return ""
}
