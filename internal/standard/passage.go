package standard

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
)

// Passage returns the words of the standard that a clause was written from: the
// bullet that its source names, else the section. Empty if the text has neither.
func (s *Standard) Passage(c *Clause) string {
	headings, name := splitSource(c.Source)
	lines := section(s.Text, headings)
	for _, line := range lines {
		if m := bullet().FindStringSubmatch(line); m != nil && m[1] == name {
			return line
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// Drifted reports whether the standard's text has changed since the clause was
// written: somebody has to look whether it still says what the text says. What
// has no digest or no text to compare with has not drifted.
func (s *Standard) Drifted(c *Clause) bool {
	return c.Digest != "" && s.Text != "" && digest(s.Passage(c)) != c.Digest
}

// digest is blind to how the text is wrapped and indented.
func digest(text string) string {
	return fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(strings.Join(strings.Fields(text), " "))))
}

var (
	bullet  = pattern(`^\s*(?:[-*]|\d+\.)\s+\*\*(.+?)\*\*`)
	heading = pattern(`^(#+)\s+(.*?)\s*$`)
)

// splitSource returns the headings of a clause's source and what it names below
// the last of them.
func splitSource(source string) (headings []string, name string) {
	path := strings.Split(source, " > ")
	return path[:len(path)-1], path[len(path)-1]
}

// section returns the lines below nested headings, those of its subsections
// included but not their headings. A # inside a code block is no heading.
func section(text string, headings []string) []string {
	var lines, above []string // above holds the open headings by depth
	inside, fenced := 0, false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		m := heading().FindStringSubmatch(line)
		switch {
		case fenced || m == nil:
			if inside > 0 {
				lines = append(lines, line)
			}
		case inside > 0 && len(m[1]) <= inside:
			return lines
		case inside == 0:
			depth := len(m[1])
			for len(above) < depth {
				above = append(above, "")
			}
			above = append(above[:depth-1], m[2])
			if n := len(headings); n > 0 && depth >= n && slices.Equal(above[depth-n:], headings) {
				inside = depth
			}
		}
	}
	return lines
}
