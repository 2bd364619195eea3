package yamltree

import "strings"

// Placeholder reports whether text is one placeholder for a value that a tool
// fills in: ${VAR}, $(VAR), $VAR, <VAR>, @@VAR@@, %VAR%, {{ … }} or REPLACE_ME.
func Placeholder(text string) bool {
	if len(text) < 2 {
		return false
	}
	inner := func(open, end string) (string, bool) {
		if len(text) <= len(open)+len(end) || !strings.HasPrefix(text, open) || !strings.HasSuffix(text, end) {
			return "", false
		}
		return text[len(open) : len(text)-len(end)], true
	}
	switch text[0] {
	case '$':
		if name, ok := inner("${", "}"); ok {
			return !strings.ContainsAny(name, "{}")
		}
		if name, ok := inner("$(", ")"); ok {
			return !strings.ContainsAny(name, "() ")
		}
		return upper(text[1:])
	case '<':
		name, ok := inner("<", ">")
		return ok && !strings.ContainsAny(name, "<>/=\n")
	case '@':
		name, ok := inner("@@", "@@")
		return ok && upper(name)
	case '%':
		name, ok := inner("%", "%")
		return ok && upper(name)
	case '{':
		name, ok := inner("{{", "}}")
		return ok && !strings.Contains(name, "}}")
	}
	return text == "REPLACE_ME" || text == "REPLACEME" || text == "CHANGE_ME"
}

// upper reports whether text is a name in capitals, as variables have.
func upper(text string) bool {
	for i := range len(text) {
		c := text[i]
		if !('A' <= c && c <= 'Z' || c == '_' || '0' <= c && c <= '9' && i > 0) {
			return false
		}
	}
	return text != ""
}
