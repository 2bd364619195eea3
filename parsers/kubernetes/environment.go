package kubernetes

import (
	"path"
	"strings"
)

// nonproduction are the words in the name of a namespace or folder that say that
// nobody's production runs there, or nothing any more. Staging counts as
// production.
var nonproduction = map[string]bool{
	"dev": true, "development": true, "local": true, "minikube": true, "kind": true, "test": true, "testing": true,
	"tests": true, "e2e": true, "ci": true, "sandbox": true, "preview": true, "playground": true, "testdata": true,
	"examples": true, "example": true, "samples": true, "sample": true, "demo": true,
	"archive": true, "archived": true, "deprecated": true,
}

// environment tells the environment of the group's own documents.
func (v *view) environment() map[string]any {
	environment := make(map[string]any)
	for _, o := range v.own {
		if o.nonproduction {
			environment[o.doc.Name] = "nonproduction"
		}
	}
	return environment
}

// isNonproduction looks at an object's namespace and at the folders below the base.
func isNonproduction(base string, o *object) bool {
	dir := path.Dir(o.place.path)
	if base = path.Clean(base); base == dir {
		dir = ""
	} else {
		dir = strings.TrimPrefix(dir, base+"/")
	}
	words := strings.FieldsFunc(dir+"/"+o.namespace, func(r rune) bool { return strings.ContainsRune("/-_.", r) })
	for _, word := range words {
		if nonproduction[strings.ToLower(word)] {
			return true
		}
	}
	return false
}
