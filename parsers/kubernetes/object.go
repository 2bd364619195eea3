package kubernetes

import (
	"strings"

	"github.com/opslint/opslint/internal/document"
)

// An object is a document with what the joins ask of it, read once.
type object struct {
	doc                                      *document.Document
	place                                    *place // its file
	apiVersion, group, kind, name, namespace string
	key                                      string // of the joins: the document's name as the policies compute it
	// pod is where a workload's pods are described, nil if the object is none.
	pod *podTemplate
	// nonproduction: its place or namespace says that nobody's production runs
	// there.
	nonproduction bool
	// rollout is the Rollout that runs this Deployment's pods in its place.
	rollout *object
	order   int // among all objects of the workspace
}

// A podTemplate is what a workload makes its pods of.
type podTemplate struct {
	labels map[string]string
	spec   *document.Node
}

func newObject(doc *document.Document, p *place) *object {
	metadata := doc.Root.Get("metadata")
	o := &object{
		doc: doc, place: p, kind: doc.Kind,
		apiVersion: text(doc.Root.Get("apiVersion")),
		name:       text(metadata.Get("name")),
		key:        nameOf(doc.Root),
		namespace:  text(metadata.Get("namespace")),
	}
	o.group = groupOf(o.apiVersion)
	if path, ok := templatePath(doc.Root); ok {
		template := doc.Root.Find(path...)
		o.pod = &podTemplate{labels: labelsOf(template.Find("metadata", "labels")), spec: template.Get("spec")}
	}
	return o
}

// groupOf returns the API group of an apiVersion.
func groupOf(apiVersion string) string {
	group, _, found := strings.Cut(apiVersion, "/")
	if !found {
		return "" // v1
	}
	if group == "extensions" {
		return "apps" // where its workloads moved
	}
	return group
}

// templatePaths tells where a workload of a group and kind keeps its pod
// template.
var templatePaths = map[[2]string][]string{
	{"apps", "Deployment"}:                    {"spec", "template"},
	{"apps", "StatefulSet"}:                   {"spec", "template"},
	{"apps", "DaemonSet"}:                     {"spec", "template"},
	{"apps", "ReplicaSet"}:                    {"spec", "template"},
	{"", "ReplicationController"}:             {"spec", "template"},
	{"", "Pod"}:                               {},
	{"argoproj.io", "Rollout"}:                {"spec", "template"},
	{"apps.openshift.io", "DeploymentConfig"}: {"spec", "template"},
	{"serving.knative.dev", "Service"}:        {"spec", "template"},
	{"batch", "Job"}:                          {"spec", "template"},
	{"batch", "CronJob"}:                      {"spec", "jobTemplate", "spec", "template"},
}

// templatePath returns the path of an object's pod template, false if it is no
// workload.
func templatePath(n *document.Node) ([]string, bool) {
	path, ok := templatePaths[[2]string{groupOf(text(n.Get("apiVersion"))), text(n.Get("kind"))}]
	return path, ok
}

// labelsOf returns the labels of a mapping. A value that is no string is taken
// as spelt.
func labelsOf(n *document.Node) map[string]string {
	if n == nil || len(n.Members) == 0 {
		return nil
	}
	labels := make(map[string]string, len(n.Members))
	for _, m := range n.Members {
		labels[m.Key] = m.Value.Text
	}
	return labels
}

// sameNamespace reports whether two objects may lie in one namespace: it is
// equal, or not set on one side.
func sameNamespace(a, b string) bool { return a == b || a == "" || b == "" }
