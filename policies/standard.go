package policies

import "github.com/opslint/opslint/internal/standard"

// numbers are those that rules may name in METADATA (standard: ready).
var numbers = standard.DefaultNumbers()

// standardData is what rules see as data.standard: each number, counted in its
// own unit.
func standardData() map[string]any {
	data := make(map[string]any, len(numbers))
	for _, n := range numbers {
		data[n.Name] = n.Value
	}
	return data
}
