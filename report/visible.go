package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// visible returns s as one line that does nothing to a terminal or a log: what
// stands in a checked file must not move the cursor, hide text, turn its
// direction around or start a line of its own.
func visible(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		b.WriteString(visibleRune(r))
		s = s[size:]
	}
	return b.String()
}

// plain reports whether s is printable ASCII throughout.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// visibleRune returns a rune to show for r. An invalid byte arrives, and is
// shown, as U+FFFD.
func visibleRune(r rune) string {
	switch {
	case r < ' ':
		return string(rune(0x2400) + r) // control pictures: ␛ for escape
	case r == 0x7f:
		return "␡"
	case joins(r):
		return string(r)
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Noncharacter_Code_Point):
		return fmt.Sprintf("<U+%04X>", r)
	}
	return string(r)
}

// joins reports whether r only joins its neighbours, as inside many emoji and
// in Persian words.
func joins(r rune) bool { return r == 0x200c || r == 0x200d }

// columns returns how many columns of a terminal r takes.
func columns(r rune) int {
	switch {
	case r >= ' ' && r < 0x7f:
		return 1
	case joins(r) || unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// columnsOf returns how many columns a visible text takes.
func columnsOf(s string) int {
	n := 0
	for _, r := range s {
		n += columns(r)
	}
	return n
}
