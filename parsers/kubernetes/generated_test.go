package kubernetes

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/opslint/opslint/internal/document"
)

// TestGeneratedPlaces follows paths of an object of a generated bundle to where
// they are shown: in the source, and in the bundle what is only there.
func TestGeneratedPlaces(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/generated.txtar")
	if err != nil {
		t.Fatal(err)
	}
	groups, _ := assembled(t, archive.Files[:len(archive.Files)-1])
	var d *document.Document
	for _, g := range groups {
		for _, candidate := range g.Documents {
			if candidate.File.Path == "install-ha.yaml" && candidate.Kind == "Deployment" && d == nil {
				d = candidate
			}
		}
	}
	if d == nil {
		t.Fatal("no such document")
	}
	got := map[string]string{}
	for _, path := range []string{
		"metadata.name", "metadata.labels", "metadata.labels.tier", "spec.missing", "spec.replicas",
		"spec.template.spec.containers", "spec.template.spec.containers.0", "spec.template.spec.containers.0.image",
		"spec.template.spec.containers.1", "spec.template.spec.containers.1.name", "spec.template.spec.containers.1.image",
		"spec.template.spec.containers.1.resources.requests",
	} {
		at := d.At(strings.Split(path, "."))
		start := at.Start()
		got[path] = fmt.Sprintf("%s:%d:%d %s", at.File.Path, start.Line, start.Column, at.File.Text(at.Range))
	}
	want := map[string]string{
		"metadata.name":                                      "base/orders.yaml:4:9 orders",
		"metadata.labels":                                    "install-ha.yaml:7:3 labels",
		"metadata.labels.tier":                               "install-ha.yaml:7:18 backend",
		"spec.missing":                                       "base/orders.yaml:5:1 spec",
		"spec.replicas":                                      "install-ha.yaml:10:13 2",
		"spec.template.spec.containers":                      "base/orders.yaml:9:7 containers",
		"spec.template.spec.containers.0":                    "install-ha.yaml:15:11 name",
		"spec.template.spec.containers.0.image":              "install-ha.yaml:16:18 envoyproxy/envoy:v1.31.0",
		"spec.template.spec.containers.1":                    "base/orders.yaml:11:11 name",
		"spec.template.spec.containers.1.name":               "base/orders.yaml:11:17 api",
		"spec.template.spec.containers.1.image":              "install-ha.yaml:18:18 shop/orders:2.1.0",
		"spec.template.spec.containers.1.resources.requests": "base/orders.yaml:11:11 name",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
