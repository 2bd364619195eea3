# METADATA
# title: Base image by a tag that moves
# description: |
#   An image built today from `latest` differs from the one built tomorrow although nothing in the repository changed. A
#   rollback that rebuilds gets other system libraries, and a failed build cannot be repeated.
#
#   What counts: the image that the final stage starts from, directly or through earlier stages; the images that those
#   stages start from which it copies files from; and images named in its `COPY --from=`. Reported without tag and digest,
#   or with a tag of the list below or one that ends in `-latest`, `-SNAPSHOT` or `-nightly`. Build arguments count with their
#   defaults.
#
#   Not reported: `scratch`, names of stages, digests, builder stages that nothing is copied from, arguments without
#   a default, and a stage, file or folder named dev, development, local, test and the like.
# custom:
#   id: dockerfile/mutable-base-image
#   severity: warning
#   clauses: [OPS-12.2, OPS-CHG.2]
#   kinds: [image]
#   remedy: name the version's own tag, or better the digest
#   parameters:
#     mutable:
#       type: strings
#       default: [latest, main, master, trunk, head, dev, develop, development, edge, nightly, canary, stable, current, release, snapshot, test, staging, prod, production]
#       description: tags that move
package opslint.rules.dockerfile.mutable_base_image

import data.opslint.lib.dockerfile
import data.opslint.lib.image

subject contains ["image", "images", index, "image"] if some index, _ in _judged

deny contains finding if {
	some index, used in _judged
	used.known
	reason := image.mutable(used.image, data.config.dockerfile.mutable_base_image.mutable)

	finding := {
		"msg": sprintf(_use[used.use], [used.image, reason]),
		"path": ["image", "images", index, "image"],
	}
}

undetermined contains {"path": ["image", "images", index, "image"], "msg": "the image comes from a build argument; give it a default"} if {
	some index, used in _judged
	not used.known
}

_judged[index] := used if {
	not dockerfile.image.development
	some index, used in dockerfile.image.images
	used.image != "scratch"
}

_use := {
	"base": "base image %q has %s",
	"stage": "image %q, from whose stage files are copied, has %s",
	"copy": "image %q, from which files are copied, has %s",
}
