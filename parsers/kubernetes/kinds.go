package kubernetes

import "strings"

// clusterKinds are the built-in and some widespread kinds outside of namespaces.
var clusterKinds = map[string]bool{
	"APIService": true, "CertificateSigningRequest": true, "ClusterRole": true, "ClusterRoleBinding": true,
	"CSIDriver": true, "CSINode": true, "CustomResourceDefinition": true, "FlowSchema": true, "IngressClass": true,
	"GatewayClass": true, "MutatingAdmissionPolicy": true, "MutatingAdmissionPolicyBinding": true,
	"MutatingWebhookConfiguration": true, "Namespace": true, "Node": true, "PersistentVolume": true,
	"PodSecurityPolicy": true, "PriorityClass": true, "PriorityLevelConfiguration": true, "RuntimeClass": true,
	"StorageClass": true, "ValidatingAdmissionPolicy": true, "ValidatingAdmissionPolicyBinding": true,
	"ValidatingWebhookConfiguration": true, "VolumeAttachment": true, "VolumeSnapshotClass": true,
	"ClusterIssuer": true, "ClusterPolicy": true, "ClusterSecretStore": true, "ClusterExternalSecret": true,
	"ClusterTriggerAuthentication": true, "NodePool": true, "EC2NodeClass": true,
}

func clusterScoped(o *object) bool { return clusterKinds[o.kind] }

// podless are the API groups, beside the built-in ones, whose objects make no
// pods that a selector of the application could mean.
var podless = map[string]bool{
	"acme.cert-manager.io": true, "cert-manager.io": true, "argoproj.io": true, "autoscaling.k8s.io": true,
	"backstage.io": true, "bitnami.com": true, "cilium.io": true, "configconnector.cnrm.cloud.google.com": true,
	"constraints.gatekeeper.sh": true, "templates.gatekeeper.sh": true, "crd.projectcalico.org": true,
	"eksctl.io": true, "external-secrets.io": true, "gateway.networking.k8s.io": true, "getambassador.io": true,
	"keda.sh": true, "kyverno.io": true, "linkerd.io": true, "metallb.io": true,
	"networking.gke.io": true, "cloud.google.com": true, "networking.istio.io": true, "security.istio.io": true,
	"telemetry.istio.io": true, "projectcontour.io": true, "policy.linkerd.io": true, "projectcalico.org": true,
	"secrets-store.csi.x-k8s.io": true, "snapshot.storage.k8s.io": true, "traefik.io": true,
	"traefik.containo.us": true, "velero.io": true, "karpenter.sh": true, "karpenter.k8s.aws": true,
	"kustomize.toolkit.fluxcd.io": true, "source.toolkit.fluxcd.io": true, "notification.toolkit.fluxcd.io": true,
	"image.toolkit.fluxcd.io": true, "grafana.integreatly.org": true, "metrics.k8s.io": true,
	"kubeadm.k8s.io": true, "kubelet.config.k8s.io": true, "kind.x-k8s.io": true, "audit.k8s.io": true,
	"apiserver.config.k8s.io": true, "apiserver.k8s.io": true, "kubescheduler.config.k8s.io": true,
	"kubeproxy.config.k8s.io": true, "client.authentication.k8s.io": true, "webhook.admission.k8s.io": true,
	"controller-runtime.sigs.k8s.io": true, "bootstrap.cluster.x-k8s.io": true,
}

// podlessKinds are kinds of other groups of which the same is true.
var podlessKinds = map[string]bool{
	"ServiceMonitor": true, "PodMonitor": true, "PrometheusRule": true, "Probe": true, "ScrapeConfig": true,
	"AlertmanagerConfig": true, "VMServiceScrape": true, "VMPodScrape": true, "VMRule": true,
}

// mayCreatePods reports whether an object is a custom resource of which nothing
// is known, so that its controller may create the pods that nothing else does.
func mayCreatePods(o *object) bool {
	if o.pod != nil || podlessKinds[o.kind] || podless[o.group] || o.name == "" {
		return false
	}
	return strings.Contains(o.group, ".") && !builtInGroup(o.group)
}

// builtInGroup reports whether a group with a dot in its name is served by the
// API server itself.
func builtInGroup(group string) bool {
	switch group {
	case "admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "authentication.k8s.io",
		"authorization.k8s.io", "certificates.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io",
		"flowcontrol.apiserver.k8s.io", "networking.k8s.io", "node.k8s.io", "rbac.authorization.k8s.io",
		"resource.k8s.io", "scheduling.k8s.io", "storage.k8s.io":
		return true
	}
	return false
}
