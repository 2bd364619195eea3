package kubernetes

import (
	"slices"

	"github.com/opslint/opslint/internal/document"
)

// A selector is a label selector.
type selector struct {
	labels      map[string]string
	expressions []expression
	// nothing: the selector meets no labels at all.
	nothing bool
}

type expression struct {
	key, operator string
	values        []string
}

// newSelector reads a selector with matchLabels and matchExpressions.
func newSelector(n *document.Node) selector {
	if n == nil || n.Kind != document.Mapping {
		return selector{nothing: true}
	}
	s := selector{labels: labelsOf(n.Get("matchLabels"))}
	if expressions := n.Get("matchExpressions"); expressions != nil {
		for _, e := range expressions.Items {
			x := expression{key: text(e.Get("key")), operator: text(e.Get("operator"))}
			if values := e.Get("values"); values != nil {
				for _, v := range values.Items {
					x.values = append(x.values, v.Text)
				}
			}
			s.expressions = append(s.expressions, x)
		}
	}
	return s
}

// serviceSelector reads the plain map of a Service; an empty one selects
// nothing that is in sight.
func serviceSelector(n *document.Node) selector {
	labels := labelsOf(n)
	return selector{labels: labels, nothing: len(labels) == 0}
}

// budgetSelector reads the selector of a PodDisruptionBudget: an empty one
// selects every pod in policy/v1, and none before.
func budgetSelector(o *object) selector {
	s := newSelector(o.doc.Root.Find("spec", "selector"))
	if o.apiVersion == "policy/v1beta1" && len(s.labels) == 0 && len(s.expressions) == 0 {
		s.nothing = true
	}
	return s
}

// meets reports whether the selector selects these labels.
func (s *selector) meets(labels map[string]string) bool {
	if s.nothing {
		return false
	}
	for key, want := range s.labels {
		if got, ok := labels[key]; !ok || got != want {
			return false
		}
	}
	return !slices.ContainsFunc(s.expressions, func(e expression) bool { return !e.meets(labels) })
}

func (e *expression) meets(labels map[string]string) bool {
	value, ok := labels[e.key]
	switch e.operator {
	case "In":
		return ok && slices.Contains(e.values, value)
	case "NotIn":
		return !ok || !slices.Contains(e.values, value)
	case "Exists":
		return ok
	case "DoesNotExist":
		return !ok
	}
	return false
}
