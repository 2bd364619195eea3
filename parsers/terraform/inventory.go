package terraform

import "github.com/opslint/opslint/internal/document"

// An inventory is what policies may know of all resources. Most ask for those
// that are applied together with theirs: looked up rather than sought, since a
// workspace may have a thousand roots.
type inventory struct {
	byKind   map[string]any // kind → []any
	byTarget map[string]any // root → target → kind → []any
}

func newInventory() inventory {
	return inventory{byKind: map[string]any{}, byTarget: map[string]any{}}
}

func (v inventory) add(t *target, d *document.Document) {
	enter(v.byKind, d.Kind, d.Root)
	enter(within(within(v.byTarget, t.root.dir), t.name), d.Kind, d.Root)
}

// enter appends to the list under a key.
func enter(m map[string]any, key string, value any) {
	list, _ := m[key].([]any)
	m[key] = append(list, value)
}

// within returns the map under a key.
func within(m map[string]any, key string) map[string]any {
	inner, ok := m[key].(map[string]any)
	if !ok {
		inner = map[string]any{}
		m[key] = inner
	}
	return inner
}
