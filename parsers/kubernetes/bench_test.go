package kubernetes

import (
	"fmt"
	"testing"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

const benchManifest = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: %[1]s
  labels: {app: %[1]s}
spec:
  replicas: 3
  selector:
    matchLabels:
      app: %[1]s
  template:
    metadata:
      labels:
        app: %[1]s
    spec:
      containers:
        - name: api
          image: registry.example.com/shop/%[1]s:1.4.2
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet:
              path: /ready
              port: http
            periodSeconds: 5
          resources:
            requests: {cpu: 100m, memory: 128Mi}
            limits:
              memory: 256Mi
---
apiVersion: v1
kind: Service
metadata:
  name: %[1]s
spec:
  selector:
    app: %[1]s
  ports:
    - port: 80
      targetPort: http
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: %[1]s
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %[1]s}
  minReplicas: 2
  maxReplicas: 9
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: %[1]s
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app: %[1]s
`

// benchFiles are 250 files of four objects each, in the given folders in turn.
func benchFiles(folders ...string) []*source.File {
	var files []*source.File
	for i := range 250 {
		folder := folders[i%len(folders)]
		app := fmt.Sprintf("app-%d", i/len(folders))
		files = append(files, source.NewFile(folder+"/"+app+".yaml", fmt.Appendf(nil, benchManifest, app)))
	}
	return files
}

// BenchmarkWorkspace reads and joins a thousand objects of one application, of
// two environments, and of files each of which has a twin.
func BenchmarkWorkspace(b *testing.B) {
	pairs := benchFiles("deploy", "deploy")
	for i, f := range pairs {
		f.Path = fmt.Sprintf("deploy/%d-%d.yaml", i/2, i)
	}
	for _, workspace := range []struct {
		name  string
		files []*source.File
	}{{"one", benchFiles("deploy")}, {"two", benchFiles("production", "staging")}, {"pairs", pairs}} {
		b.Run(workspace.name, func(b *testing.B) {
			tree, err := source.OpenTree(b.TempDir(), nil)
			if err != nil {
				b.Fatal(err)
			}
			defer tree.Close()
			for b.Loop() {
				var artifacts []*document.Artifact
				for _, f := range workspace.files {
					a, _ := Parse(f)
					artifacts = append(artifacts, a)
				}
				Assemble(b.Context(), tree, ".", artifacts)
			}
		})
	}
}
