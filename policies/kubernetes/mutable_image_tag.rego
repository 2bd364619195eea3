# METADATA
# title: Image by a tag that moves
# description: |
#   `latest`, a branch or an environment as a tag means another image tomorrow. Two pods of one workload may then run
#   different code, a restart may change the version, and a rollback has nothing to go back to.
#
#   What counts: the image of any container or init container without tag and digest, or with a tag of the list below or
#   one that ends in `-latest`, `-SNAPSHOT` or `-nightly`. A port in the registry's name is no tag, a digest always
#   passes, and tags like versions (`1`, `v2`, `16-alpine`) pass too unless `strict` is set.
#
#   Not reported: placeholders; images that a kustomization, Skaffold or ko replaces; OpenShift's image stream triggers;
#   Istio's `image: auto`; `imagePullPolicy: Never` outside production.
# custom:
#   id: kubernetes/mutable-image-tag
#   severity: warning
#   clauses: [OPS-CHG.2, OPS-12.2]
#   kinds: [Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Rollout, DeploymentConfig, Pod, Job, CronJob, Service]
#   scope: workspace
#   remedy: name the version's own tag, or better the digest
#   parameters:
#     mutable:
#       type: strings
#       default: [latest, main, master, trunk, head, dev, develop, development, edge, nightly, canary, stable, current, release, snapshot, test, staging, prod, production]
#       description: tags that move
#     strict:
#       type: boolean
#       default: false
#       description: accept nothing but digests
package opslint.rules.kubernetes.mutable_image_tag

import data.opslint.lib.image
import data.opslint.lib.joins
import data.opslint.lib.kubernetes
import data.opslint.lib.unknown

subject contains container.path if some container in _judged

deny contains finding if {
	some container in _judged
	reason := _reason(container.value.image)
	not kubernetes.completed_in(container, "image")

	finding := {
		"msg": sprintf("image %q of container %q has %s", [container.value.image, kubernetes.container_name(container.value), reason]),
		"path": array.concat(container.path, ["image"]),
	}
}

undetermined contains {"path": array.concat(container.path, ["image"]), "msg": "the image is not known; fill in the placeholder"} if {
	some container in _judged
	unknown.is(container.value.image)
}

undetermined contains {"path": array.concat(container.path, ["image"]), "msg": "a kustomization sets the image; check the built overlay"} if {
	some container in _judged
	kubernetes.completed_in(container, "image")
}

_judged contains container if {
	not _image_stream
	some container in kubernetes.containers
	is_string(container.value.image)
	container.value.image != ""
	not _replaced(container.value.image)
	not _local(container.value)
}

_reason(reference) := image.mutable(reference, _parameters.mutable) if {
	not unknown.is(reference)
} else := "no digest" if {
	_parameters.strict
	not unknown.is(reference)
	image.parse(reference).digest == ""
}

_replaced("auto")

_replaced(reference) if contains(reference, "://")

_replaced(reference) if {
	joins.replaces_images
	parts := image.parse(reference)
	joins.replaced_image(concat("/", [part | some part in [parts.registry, parts.repository]; part != ""]))
}

_local(container) if {
	container.imagePullPolicy == "Never"
	not kubernetes.production
}

_image_stream if {
	some trigger in input.spec.triggers
	trigger.type == "ImageChange"
}

_image_stream if input.metadata.annotations["image.openshift.io/triggers"]

_parameters := data.config.kubernetes.mutable_image_tag
