# METADATA
# title: Replicas written down beside an autoscaler
# description: |
#   An autoscaler writes the number of replicas into the workload. If the manifest holds a number too, every apply
#   resets what the autoscaler has scaled to, which at a busy hour takes pods away from users.
#
#   What counts: an explicit `spec.replicas` of a workload that a HorizontalPodAutoscaler or ScaledObject targets.
#
#   Not reported: a VerticalPodAutoscaler alone; a paused ScaledObject; `replicas: 0`; an Argo CD Application that
#   ignores differences in `/spec/replicas`. If a kustomization sets or removes the key, the rule does not decide.
# custom:
#   id: kubernetes/replicas-fought-by-autoscaler
#   severity: warning
#   clauses: [OPS-SCL.1]
#   kinds: [Deployment, StatefulSet, ReplicaSet, ReplicationController, Rollout, DeploymentConfig]
#   scope: workspace
#   remedy: remove spec.replicas and leave the number to the autoscaler
package opslint.rules.kubernetes.replicas_fought_by_autoscaler

import data.opslint.lib.joins
import data.opslint.lib.kubernetes
import data.opslint.lib.quantity

subject contains [] if count(_autoscalers) > 0

deny contains finding if {
	autoscaler := _autoscalers[0]
	replicas := quantity.integer(input.spec.replicas)
	replicas > 0
	not joins.replicas_ignored(input)
	not kubernetes.completed(["spec", "replicas"])

	finding := {
		"msg": sprintf(
			"%s writes %s, each apply resets what %s %q has scaled to",
			[kubernetes.title, _number(replicas), autoscaler.kind, autoscaler.name],
		),
		"path": ["spec", "replicas"],
		"related": [{
			"ref": autoscaler.ref,
			"path": ["spec", "scaleTargetRef"],
			"msg": sprintf("%s %q decides the number", [autoscaler.kind, autoscaler.name]),
		}],
	}
}

undetermined contains {"path": ["spec", "replicas"], "msg": "a kustomization sets the replicas; check the built overlay"} if {
	count(_autoscalers) > 0
	kubernetes.completed(["spec", "replicas"])
}

_autoscalers := [autoscaler |
	kubernetes.scalable_of(input)
	some autoscaler in joins.autoscalers_of(input)
	autoscaler.scales == "replicas"
	not autoscaler.paused
]

_number(1) := "1 replica"

_number(n) := sprintf("%v replicas", [n]) if n != 1
