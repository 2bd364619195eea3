package kubernetes

import (
	"path"
	"slices"
	"strings"
)

// nonproduction are the words in the name of a namespace or folder, or the
// values of a label, that say that nobody's production runs there, or nothing
// any more. Staging counts as production.
var nonproduction = map[string]bool{
	"dev": true, "development": true, "local": true, "minikube": true, "kind": true, "test": true, "testing": true,
	"tests": true, "e2e": true, "ci": true, "sandbox": true, "preview": true, "playground": true, "testdata": true,
	"examples": true, "example": true, "samples": true, "sample": true, "demo": true, "demos": true, "tilt": true,
	"tutorial": true, "tutorials": true, "quickstart": true, "quickstarts": true,
	"archive": true, "archived": true, "deprecated": true,
}

// environmentLabels are the labels that name an object's environment.
var environmentLabels = []string{"environment", "env", "stage", "app.kubernetes.io/environment", "tags.datadoghq.com/env"}

// trials are the words in an object's own name that say that it serves tests
// only. The other words may be a product's.
var trials = map[string]bool{"test": true, "tests": true, "e2e": true}

// environment tells the environment of the group's own documents.
func (v *view) environment() map[string]any {
	environment := make(map[string]any)
	for _, o := range v.own {
		if o.nonproduction {
			environment[o.key] = "nonproduction"
		}
	}
	return environment
}

// isNonproduction looks at an object's namespace, name and labels, and at the
// folders below the base.
func isNonproduction(base string, o *object) bool {
	if anyWord(foldersBelow(base, o.place.path)+"/"+o.namespace, nonproduction) || anyWord(o.name, trials) {
		return true
	}
	labels := labelsOf(o.doc.Root.Find("metadata", "labels"))
	return slices.ContainsFunc(environmentLabels, func(key string) bool {
		value := labels[key]
		if value == "" && o.pod != nil {
			value = o.pod.labels[key]
		}
		return nonproduction[strings.ToLower(value)]
	})
}

// foldersBelow returns the folders between the base and a file.
func foldersBelow(base, name string) string {
	dir := path.Dir(name)
	if base = path.Clean(base); base == dir {
		return ""
	}
	return strings.TrimPrefix(dir, base+"/")
}

func anyWord(text string, words map[string]bool) bool {
	found := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/-_.", r) })
	return slices.ContainsFunc(found, func(word string) bool { return words[strings.ToLower(word)] })
}
