# METADATA
# description: |
#   References to container images: their parts, and whether their tag may come to mean another image.
package opslint.lib.image

# parse(reference) gives the parts of an image reference, "" for those that are not written:
#
#   registry.example.com:5000/shop/api:1.4.2@sha256:…
#   ^ registry                ^ repository (its last element is "name")
#                                      ^ tag ^ digest
#
# A port is no tag: in registry:5000/api the tag is "". Undefined for text that is no reference.
parse(reference) := {"registry": m[1], "repository": m[2], "name": regex.replace(m[2], `^.*/`, ""), "tag": m[3], "digest": m[4]} if {
	some m in regex.find_all_string_submatch_n(_reference, trim_space(reference), 1)
}

_reference := `^(?:([^/@]*[.:][^/@]*|localhost)/)?([^:@\s]+)(?::([^:@/\s]*))?(?:@(\S+))?$`

# name(reference) is the last element of the repository: "api" of registry:5000/shop/api:1.4.2. It takes any text.
name(reference) := split(split(last, "@")[0], ":")[0] if {
	elements := split(reference, "/")
	last := elements[count(elements) - 1]
}

# mutable(reference, tags) explains why the reference may mean another image tomorrow: it has neither tag nor
# digest, or a tag of the list, or one that ends like a moving tag. Undefined if it is pinned (a digest always
# pins, also beside a tag) or if it is no reference. Ask unknown.is first.
mutable(reference, _) := `no tag, which means "latest"` if {
	parts := parse(reference)
	parts.digest == ""
	parts.tag == ""
}

mutable(reference, tags) := sprintf("the moving tag %q", [parts.tag]) if {
	parts := parse(reference)
	parts.digest == ""
	_moves(lower(parts.tag), tags)
}

_moves(tag, tags) if tag in tags

_moves(tag, _) if {
	some suffix in ["-latest", "-snapshot", "-nightly"]
	endswith(tag, suffix)
}
