package kubernetes

import (
	"slices"

	"github.com/opslint/opslint/internal/document"
)

// fragment reports whether an object is only a part of one, to be completed by
// a tool: a patch that no kustomization names.
func fragment(n *document.Node, kind string) bool {
	if n.Get("$patch") != nil {
		return true
	}
	spec := n.Get("spec")
	switch kind {
	case "HorizontalPodAutoscaler", "ScaledObject":
		return spec.Get("scaleTargetRef") == nil
	case "VerticalPodAutoscaler":
		return spec.Get("targetRef") == nil
	case "PodDisruptionBudget":
		return spec.Get("selector") == nil && spec.Get("minAvailable") == nil && spec.Get("maxUnavailable") == nil
	case "Rollout":
		if spec.Get("workloadRef") != nil {
			return false
		}
	}
	path, ok := templatePath(n)
	if !ok {
		return false
	}
	template := n.Find(path...)
	containers := template.Find("spec", "containers")
	if containers == nil {
		return true
	}
	if containers.Kind != document.Sequence {
		return false
	}
	return !slices.ContainsFunc(containers.Items, func(c *document.Node) bool {
		return c.Kind != document.Mapping || c.Get("image") != nil
	}) || slices.ContainsFunc(containers.Items, func(c *document.Node) bool { return c.Get("$patch") != nil })
}
