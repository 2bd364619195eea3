package terraform

import (
	"bytes"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// directive is the word without which a comment is of no interest.
const directive = "opslint:"

// nativeComments returns the comments that may hold a directive.
func nativeComments(f *source.File, tokens hclsyntax.Tokens, body *block) []document.Comment {
	if !bytes.Contains(f.Content, []byte(directive)) {
		return nil
	}
	extents := map[int]source.Range{} // of the outermost item that starts there
	body.items(func(r source.Range) {
		if r.End > extents[r.Start].End {
			extents[r.Start] = r
		}
	})
	var comments []document.Comment
	head := true
	for i, t := range tokens {
		switch t.Type {
		case hclsyntax.TokenComment:
		case hclsyntax.TokenNewline:
			continue
		default:
			head = false
			continue
		}
		if !bytes.Contains(t.Bytes, []byte(directive)) {
			continue
		}
		r := extent(t.Range)
		r.End = r.Start + len(bytes.TrimRight(t.Bytes, "\r\n"))
		comments = append(comments, document.Comment{
			Range: r, Text: commentText(string(t.Bytes)), Scope: commentScope(f, tokens[i+1:], r, extents), Head: head,
		})
	}
	return comments
}

// commentText strips the markers of the three kinds of comment.
func commentText(text string) string {
	text = strings.TrimSpace(text)
	if inner, ok := strings.CutPrefix(text, "/*"); ok {
		return strings.TrimSpace(strings.TrimSuffix(inner, "*/"))
	}
	return strings.TrimSpace(strings.TrimLeft(strings.TrimPrefix(text, "//"), "#"))
}

// commentScope is what stands before the comment on its line, or else the
// argument or block that begins below it. Below it may also begin an item of a
// list or an object: then it is that line.
func commentScope(f *source.File, after hclsyntax.Tokens, comment source.Range, extents map[int]source.Range) source.Range {
	line := f.LineRange(f.Line(comment.Start))
	before := source.Range{Start: line.Start, End: comment.Start}
	if strings.TrimSpace(f.Text(before)) != "" {
		return before
	}
	for _, t := range after {
		switch t.Type {
		case hclsyntax.TokenNewline, hclsyntax.TokenComment:
			continue
		case hclsyntax.TokenEOF, hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen:
			return source.Range{}
		}
		start := t.Range.Start.Byte
		if r, ok := extents[start]; ok {
			return r
		}
		return source.Range{Start: start, End: f.LineRange(f.Line(start)).End}
	}
	return source.Range{}
}
