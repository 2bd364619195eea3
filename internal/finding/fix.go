package finding

import (
	"bytes"
	"go/format"
	"path"
	"slices"

	"github.com/opslint/opslint/internal/source"
)

// Fixed is what applying fixes makes of files.
type Fixed struct {
	// Files holds the new content of each file that changes.
	Files map[*source.File][]byte
	// Count is how many findings are mended.
	Count int
}

// Apply applies the fixes of findings: those that are safe, or all. Suppressed
// findings are left alone, and so is a fix that overlaps an earlier one; edits
// that several fixes have in common, such as an import, are made once. A Go file
// that was formatted stays so.
func Apply(findings []Finding, unsafe bool) Fixed {
	fixed := Fixed{Files: make(map[*source.File][]byte)}
	edits := make(map[*source.File][]Edit)
	for i := range findings {
		fix := findings[i].Fix
		if fix == nil || !fix.Safe && !unsafe || findings[i].Suppressed != nil {
			continue
		}
		if slices.ContainsFunc(fix.Edits, func(e Edit) bool { return overlaps(edits[e.Location.File], e) }) {
			continue
		}
		fixed.Count++
		for _, e := range fix.Edits {
			if file := e.Location.File; !slices.Contains(edits[file], e) {
				edits[file] = append(edits[file], e)
			}
		}
	}
	for file, list := range edits {
		fixed.Files[file] = apply(file, list)
	}
	return fixed
}

// apply makes edits that do not overlap.
func apply(file *source.File, edits []Edit) []byte {
	slices.SortStableFunc(edits, func(a, b Edit) int { return a.Location.Compare(b.Location) })
	var out []byte
	last := 0
	for _, e := range edits {
		out = append(append(out, file.Content[last:e.Location.Range.Start]...), e.NewText...)
		last = e.Location.Range.End
	}
	out = append(out, file.Content[last:]...)
	if path.Ext(file.Path) != ".go" {
		return out
	}
	if before, err := format.Source(file.Content); err != nil || !bytes.Equal(before, file.Content) {
		return out
	}
	if formatted, err := format.Source(out); err == nil {
		return formatted
	}
	return out
}

// overlaps reports whether an edit touches one of the others without being the
// same.
func overlaps(edits []Edit, e Edit) bool {
	return slices.ContainsFunc(edits, func(o Edit) bool {
		a, b := o.Location.Range, e.Location.Range
		return o != e && (a.Start < b.End && b.Start < a.End || a == b)
	})
}
