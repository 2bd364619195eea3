package rule

import "strings"

// Covers reports whether a selector as users write it (a rule's ID or former
// ID, a family such as "kubernetes" or "kubernetes/*", or a clause such as
// "OPS-9.3") means this rule.
func (r *Rule) Covers(selector string) bool {
	if selector == r.ID || strings.TrimSuffix(selector, "/*") == r.Family() {
		return true
	}
	for _, alias := range r.Aliases {
		if selector == alias {
			return true
		}
	}
	for _, clause := range r.Clauses {
		if strings.EqualFold(selector, clause) {
			return true
		}
	}
	return false
}

// Suggest returns ` (did you mean "…"?)` with the candidate nearest to a word
// that was not recognised, or "" if none is near.
func Suggest(word string, candidates []string) string {
	if best := Nearest(word, candidates); best != "" {
		return ` (did you mean "` + best + `"?)`
	}
	return ""
}

// Nearest returns the candidate nearest to a word, or "" if none is near.
func Nearest(word string, candidates []string) string {
	best, distance := "", len(word)/3+1
	for _, candidate := range candidates {
		if d := editDistance(word, candidate, distance); d < distance || d == distance && best == "" {
			best, distance = candidate, d
		}
		// A rule named without its family is the commonest slip of all.
		if _, stem, ok := strings.Cut(candidate, "/"); ok && stem == word {
			return candidate
		}
	}
	return best
}

// editDistance counts the insertions, deletions and replacements of bytes that
// turn a into b; anything above limit is limit+1.
func editDistance(a, b string, limit int) int {
	if max(len(a)-len(b), len(b)-len(a)) > limit {
		return limit + 1
	}
	previous := make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := range len(a) {
		current := make([]int, len(b)+1)
		current[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			current[j+1] = min(previous[j]+cost, previous[j+1]+1, current[j]+1)
		}
		previous = current
	}
	return previous[len(b)]
}
