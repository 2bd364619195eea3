package terraform

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// Limit is the size in bytes above which a file is not read.
const Limit = 4 << 20

var suffixes = []string{".tf", ".tf.json", ".tofu", ".tofu.json"}

// Wants reports whether the file would be part of a Terraform or OpenTofu
// module, or says which module Terragrunt runs. Editor backups, hidden files and
// downloaded modules are not.
func Wants(name string) bool {
	return path.Base(name) == wrapperName && !skipped(name) || isConfiguration(name)
}

// isConfiguration reports whether the file would be part of a module.
func isConfiguration(name string) bool {
	base := path.Base(name)
	if strings.HasPrefix(base, ".") || strings.HasPrefix(base, "#") || strings.HasSuffix(base, "~") {
		return false
	}
	if skipped(name) {
		return false
	}
	for _, suffix := range suffixes {
		if strings.HasSuffix(base, suffix) && base != suffix {
			return true
		}
	}
	return false
}

// skipped reports whether a file lies in a directory that tools fill.
func skipped(name string) bool {
	for dir := range strings.SplitSeq(path.Dir(name), "/") {
		switch dir {
		case ".terraform", ".terragrunt-cache", ".git", "node_modules":
			return true
		}
	}
	return false
}

// Recognise reports whether the content can be Terraform's: text, and for the
// JSON syntax an object.
func Recognise(f *source.File) bool {
	if bytes.IndexByte(f.Content, 0) >= 0 {
		return false
	}
	if !strings.HasSuffix(f.Path, ".json") {
		return true
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(f.Content, []byte("\ufeff")), " \t\r\n")
	return len(text) > 0 && text[0] == '{'
}

// Parse reads one configuration file. Its documents appear when the module it
// belongs to is assembled; the artifact holds only its comments until then.
func Parse(f *source.File) (*document.Artifact, []finding.Notice) {
	if path.Base(f.Path) == wrapperName {
		return &document.Artifact{File: f, Syntax: parseWrapper(f)}, nil
	}
	parsed, comments, notices := parse(f)
	return &document.Artifact{File: f, Comments: comments, Syntax: parsed}, notices
}

// parse reads a configuration or variable file of either syntax.
func parse(f *source.File) (*file, []document.Comment, []finding.Notice) {
	broken := func(r source.Range, message string) (*file, []document.Comment, []finding.Notice) {
		return &file{source: f, body: &block{file: f}, broken: true}, nil, []finding.Notice{{
			Location: source.Location{File: f, Range: clamp(f, r)}, Message: "read configuration: " + message, Incomplete: true,
		}}
	}
	if i := invalidText(f.Content); i >= 0 {
		return broken(source.Range{Start: i, End: i + 1}, "the file is not valid UTF-8")
	}
	if strings.HasSuffix(f.Path, ".json") {
		body, comments, trouble := parseJSON(f)
		if trouble != nil {
			return broken(trouble.at, trouble.message)
		}
		return &file{source: f, body: body}, comments, nil
	}
	// What the lexer complains about, the parser reports.
	tokens, _ := hclsyntax.LexConfig(f.Content, f.Path, hcl.InitialPos)
	if trouble := checkNesting(tokens); trouble != nil {
		return broken(trouble.at, trouble.message)
	}
	tree, diagnostics := hclsyntax.ParseConfig(f.Content, f.Path, hcl.InitialPos)
	if diagnostics.HasErrors() {
		trouble := firstError(diagnostics)
		return broken(trouble.at, trouble.message)
	}
	body := nativeBody(f, tree.Body.(*hclsyntax.Body))
	return &file{source: f, body: body}, nativeComments(f, tokens, body), nil
}

// clamp cuts a range to its file: those of the JSON reader's troubles may leave it.
func clamp(f *source.File, r source.Range) source.Range {
	r.Start = min(r.Start, len(f.Content))
	r.End = min(max(r.End, r.Start), len(f.Content))
	return r
}

// A trouble is why a file or an expression cannot be used.
type trouble struct {
	at      source.Range
	message string
}

func firstError(diagnostics hcl.Diagnostics) *trouble {
	for _, d := range diagnostics {
		if d.Severity != hcl.DiagError {
			continue
		}
		t := &trouble{message: describe(d)}
		if d.Subject != nil {
			t.at = extent(*d.Subject)
		}
		return t
	}
	return &trouble{message: "unknown error"}
}

// describe puts a diagnostic of HCL on one line in the tone of opslint.
func describe(d *hcl.Diagnostic) string {
	detail, _, _ := strings.Cut(d.Detail, "\n")
	detail, _, _ = strings.Cut(detail, ". ")
	detail = strings.TrimSuffix(detail, ".")
	summary := d.Summary
	if first, size := utf8.DecodeRuneInString(summary); size > 0 {
		summary = string(unicode.ToLower(first)) + summary[size:]
	}
	if detail == "" {
		return summary
	}
	return fmt.Sprintf("%s: %s", summary, strings.Join(strings.Fields(detail), " "))
}

// invalidText returns the offset of the first byte that is not UTF-8, or -1.
func invalidText(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}
