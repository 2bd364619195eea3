package source_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/opslint/opslint/internal/source"
)

// files are contents that are counted differently by whoever counts carelessly.
var files = map[string]string{
	"empty":                "",
	"one line":             "a: 1",
	"newline at the end":   "a: 1\nb: 2\n",
	"CRLF":                 "a: 1\r\nb: 2\r\n",
	"lone CR":              "a: 1\rb: 2\r",
	"CR before CRLF":       "a\r\r\nb",
	"mixed":                "a\nb\r\nc\rd\n\ne",
	"byte order mark":      "\ufeffa: 1\nb: 2",
	"mark alone":           "\ufeff",
	"mark and newline":     "\ufeff\na",
	"multi-byte":           "größe: 1\n名前: 二\n",
	"surrogate pairs":      "x: 🚀🚀\ny: 𝒳z",
	"invalid UTF-8":        "a\xffb\xc3\nc\xe2\x82",
	"no-break and U+2028 ": "a\u00a0b\u2028c\n",
}

func TestPositionAndOffsetAreInverse(t *testing.T) {
	for name, content := range files {
		t.Run(name, func(t *testing.T) {
			f := source.NewFile("f", []byte(content))
			for line := 1; line <= f.Lines(); line++ {
				r := f.LineRange(line)
				for offset := r.Start; offset <= r.End; {
					p := f.Position(offset)
					if p.Line != line || f.Line(offset) != line {
						t.Errorf("offset %d is in line %d and %d, want %d", offset, p.Line, f.Line(offset), line)
					}
					if got := f.Offset(p); got != offset {
						t.Errorf("offset %d is %v, which is offset %d", offset, p, got)
					}
					_, size := firstRune(content[offset:])
					offset += max(size, 1)
				}
			}
		})
	}
}

func firstRune(s string) (rune, int) {
	for i, r := range s {
		if i > 0 {
			return r, i
		}
	}
	return 0, len(s)
}

func TestPosition(t *testing.T) {
	for _, test := range []struct {
		name, content string
		offset        int
		want          source.Position
	}{
		{"start", "ab\ncd", 0, source.Position{Line: 1, Column: 1}},
		{"second line", "ab\ncd", 4, source.Position{Line: 2, Column: 2}},
		{"end", "ab\ncd", 5, source.Position{Line: 2, Column: 3}},
		{"behind the last newline", "ab\n", 3, source.Position{Line: 2, Column: 1}},
		{"newline itself", "ab\ncd", 2, source.Position{Line: 1, Column: 3}},
		{"CR of CRLF", "ab\r\ncd", 2, source.Position{Line: 1, Column: 3}},
		{"LF of CRLF", "ab\r\ncd", 3, source.Position{Line: 1, Column: 4}},
		{"behind CRLF", "ab\r\ncd", 4, source.Position{Line: 2, Column: 1}},
		{"behind lone CR", "ab\rcd", 3, source.Position{Line: 2, Column: 1}},
		{"in the byte order mark", "\ufeffab", 1, source.Position{Line: 1, Column: 1}},
		{"behind the byte order mark", "\ufeffab", 3, source.Position{Line: 1, Column: 1}},
		{"mark counts for nothing", "\ufeffab", 4, source.Position{Line: 1, Column: 2}},
		{"two bytes are one column", "öx", 2, source.Position{Line: 1, Column: 2}},
		{"three bytes are one column", "名x", 3, source.Position{Line: 1, Column: 2}},
		{"a surrogate pair is two columns", "🚀x", 4, source.Position{Line: 1, Column: 3}},
		{"before the file", "ab\ncd", -7, source.Position{Line: 1, Column: 1}},
		{"beyond the file", "ab\ncd", 99, source.Position{Line: 2, Column: 3}},
		{"empty file", "", 3, source.Position{Line: 1, Column: 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := source.NewFile("f", []byte(test.content)).Position(test.offset); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestOffset(t *testing.T) {
	for _, test := range []struct {
		name, content string
		position      source.Position
		want          int
	}{
		{"column beyond the line stops before its ending", "ab\r\ncd", source.Position{Line: 1, Column: 9}, 2},
		{"column zero", "ab\ncd", source.Position{Line: 2}, 3},
		{"within a surrogate pair goes behind it", "🚀x", source.Position{Line: 1, Column: 2}, 4},
		{"behind a byte order mark", "\ufeffab", source.Position{Line: 1, Column: 1}, 3},
		{"line beyond the file", "ab\ncd", source.Position{Line: 3, Column: 1}, 5},
		{"line zero", "ab\ncd", source.Position{Column: 1}, 5},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := source.NewFile("f", []byte(test.content)).Offset(test.position); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

func TestLines(t *testing.T) {
	for _, test := range []struct {
		name, content string
		want          []string
	}{
		{"empty", "", []string{""}},
		{"no newline at the end", "a\nb", []string{"a", "b"}},
		{"newline at the end", "a\nb\n", []string{"a", "b", ""}},
		{"CRLF", "a\r\nb\r\n", []string{"a", "b", ""}},
		{"lone CR", "a\rb", []string{"a", "b"}},
		{"mixed", "a\r\n\rb\n", []string{"a", "", "b", ""}},
		{"byte order mark", "\ufeffa\nb", []string{"a", "b"}},
		{"mark alone", "\ufeff", []string{""}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := source.NewFile("f", []byte(test.content))
			var got []string
			for line := 1; line <= f.Lines(); line++ {
				got = append(got, f.LineText(line))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			for _, line := range []int{-1, 0, f.Lines() + 1} {
				if r := f.LineRange(line); !r.Empty() || r.Start != len(test.content) {
					t.Errorf("line %d is %v, want nothing at the end of the file", line, r)
				}
			}
		})
	}
}

func TestTextIsCutToTheFile(t *testing.T) {
	f := source.NewFile("f", []byte("abc"))
	for r, want := range map[source.Range]string{
		{Start: 1, End: 2}:  "b",
		{Start: -2, End: 1}: "a",
		{Start: 2, End: 9}:  "c",
		{Start: 7, End: 9}:  "",
		{Start: 2, End: 1}:  "",
	} {
		if got := f.Text(r); got != want {
			t.Errorf("text of %v is %q, want %q", r, got, want)
		}
	}
}

func TestRange(t *testing.T) {
	outer := source.Range{Start: 2, End: 5}
	for inner, want := range map[source.Range]bool{
		{Start: 2, End: 5}: true,
		{Start: 3, End: 3}: true,
		{Start: 1, End: 3}: false,
		{Start: 4, End: 6}: false,
	} {
		if got := outer.Contains(inner); got != want {
			t.Errorf("%v contains %v: %v", outer, inner, got)
		}
	}
	if (source.Range{Start: 1, End: 2}).Empty() || !(source.Range{Start: 2, End: 2}).Empty() || !(source.Range{Start: 3, End: 2}).Empty() {
		t.Error("a range is empty if and only if it spans no byte")
	}
}

func TestLocationsAreOrdered(t *testing.T) {
	a, b := source.NewFile("a", []byte("1\n22\n")), source.NewFile("b", nil)
	want := []source.Location{
		{},
		{File: a, Range: source.Range{Start: 0, End: 1}},
		{File: a, Range: source.Range{Start: 2, End: 3}},
		{File: a, Range: source.Range{Start: 2, End: 4}},
		{File: b},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, source.Location.Compare)
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if l := want[3]; l.Path() != "a" || l.Start() != (source.Position{Line: 2, Column: 1}) || l.End() != (source.Position{Line: 2, Column: 3}) {
		t.Errorf("%s %v-%v", l.Path(), l.Start(), l.End())
	}
}

func TestFilesAreReadInParallel(t *testing.T) {
	f := source.NewFile("f", []byte("a\nb\nc"))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got := f.Position(4).Line; got != 3 {
				t.Errorf("line %d, want 3", got)
			}
		})
	}
	group.Wait()
}
