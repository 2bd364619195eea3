package kubernetes

import (
	"fmt"
	"path"
	"strings"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
)

// installs reports whether something beside an object may bring workloads into
// the cluster that are in no file: a release of somebody's Helm chart, values
// for one, or a custom resource whose controller makes pods.
func (v *view) installs(o *object) bool {
	for _, other := range v.seen {
		if mayCreatePods(other) || installsChart(other) {
			return true
		}
	}
	return v.w.builds.helm || v.w.hasForeignValues(path.Dir(o.place.path))
}

// installsChart reports whether a deployment tool installs a chart by this object.
func installsChart(o *object) bool {
	spec := o.doc.Root.Get("spec")
	switch {
	case o.kind == "HelmRelease":
		return text(spec.Find("chart", "spec", "sourceRef", "kind")) != "GitRepository"
	case o.kind == "HelmChart" && o.group == "helm.cattle.io":
		return true
	case o.kind == "Application" && o.group == "argoproj.io":
		return fromElsewhere(spec)
	case o.kind == "ApplicationSet" && o.group == "argoproj.io":
		return fromElsewhere(spec.Find("template", "spec"))
	}
	return false
}

func fromElsewhere(application *document.Node) bool {
	if application.Find("source", "chart") != nil {
		return true
	}
	for _, source := range items(application.Get("sources")) {
		if source.Get("chart") != nil {
			return true
		}
	}
	return false
}

// remark says how many charts are installed whose workloads are in no file.
func (w *workspace) remark() []finding.Notice {
	var first *object
	count := 0
	for _, o := range w.objects {
		if installsChart(o) && !o.nonproduction {
			if first == nil {
				first = o
			}
			count++
		}
	}
	if count == 0 {
		return nil
	}
	message := fmt.Sprintf("%d Helm charts from elsewhere are installed, this is the first: their workloads are not checked", count)
	if count == 1 {
		message = "a Helm chart from elsewhere is installed: its workloads are not checked"
	}
	return []finding.Notice{{Location: first.doc.At(document.Path{"metadata", "name"}), Message: message}}
}

// hasForeignValues looks for values files without a chart in a directory, in
// those above it up to the base, and directly below these.
func (w *workspace) hasForeignValues(dir string) bool {
	for {
		entries, err := w.builds.tree.ReadDir(dir)
		if err != nil {
			return false
		}
		for _, e := range entries {
			if e.IsDir() && w.valuesIn(path.Join(dir, e.Name())) || !e.IsDir() && isValues(e.Name()) && w.valuesIn(dir) {
				return true
			}
		}
		if dir == "." || dir == path.Clean(w.base) {
			return false
		}
		dir = path.Dir(dir)
	}
}

// valuesIn reports whether a directory holds values for a chart that is not
// there, or a helmfile.
func (w *workspace) valuesIn(dir string) bool {
	entries, err := w.builds.tree.ReadDir(dir)
	if err != nil {
		return false
	}
	found := false
	for _, e := range entries {
		if e.Name() == "Chart.yaml" {
			return false
		}
		found = found || !e.IsDir() && isValues(e.Name())
	}
	return found
}

func isValues(name string) bool {
	name = strings.TrimSuffix(name, ".gotmpl")
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	if ext != ".yaml" && ext != ".yml" {
		return false
	}
	return stem == "helmfile" || stem == "values" || strings.HasPrefix(stem, "values-") || strings.HasPrefix(stem, "values.") || strings.HasSuffix(stem, "-values")
}
