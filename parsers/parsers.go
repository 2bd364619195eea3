// Package parsers turns the bytes of the user's files into documents in which
// every node has its range.
//
// Start with [All], the table of parsers. Each works in two steps: Parse reads
// one file by itself, Assemble joins the files of a workspace into groups.
package parsers

import (
	"context"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
	"github.com/opslint/opslint/parsers/dockerfile"
	"github.com/opslint/opslint/parsers/kubernetes"
	"github.com/opslint/opslint/parsers/terraform"
)

// All lists the parsers, in the order in which they are asked whether a file is
// theirs.
var All = []Parser{
	{
		Family: kubernetes.Family, Limit: kubernetes.Limit, Wants: kubernetes.Wants, Recognise: kubernetes.Recognise,
		Parse: kubernetes.Parse, Assemble: kubernetes.Assemble,
	},
	{
		Family: dockerfile.Family, Limit: dockerfile.Limit, Wants: dockerfile.Wants, Recognise: dockerfile.Recognise,
		Parse: dockerfile.Parse, Assemble: dockerfile.Assemble,
	},
	{
		Family: "terraform", Limit: terraform.Limit, Wants: terraform.Wants, Recognise: terraform.Recognise,
		Parse: terraform.Parse, Assemble: terraform.Assemble,
	},
}

// A Parser reads the artifacts of one family. All functions are safe for
// concurrent use and never panic, whatever the bytes.
type Parser struct {
	Family string
	// Limit is the size in bytes above which a file is not read.
	Limit int64
	// Wants reports by its path alone whether a file is worth reading.
	Wants func(path string) bool
	// Recognise reports by content whether a file is one of the family's. It
	// may be given only the head of a file that is too large to read.
	Recognise func(f *source.File) bool
	// Parse reads one recognised file. What cannot be read is a notice with its
	// place; the rest of the file is still returned. The artifact is nil if
	// nothing of the file could be used.
	Parse func(f *source.File) (*document.Artifact, []finding.Notice)
	// Assemble joins the artifacts of a workspace, ordered by path, into groups
	// of documents that are judged together. Base is the directory below which
	// the user asked to check: names of folders above it mean nothing.
	Assemble func(ctx context.Context, tree *source.Tree, base string, artifacts []*document.Artifact) ([]document.Group, []finding.Notice)
}
