package opslint.rules.dockerfile.mutable_base_image_test

import data.opslint.rules.dockerfile.mutable_base_image as rule

_config := {"dockerfile": {"mutable_base_image": {"mutable": ["latest", "main", "stable"]}}}

_reported(images) := {finding.path | some finding in found} if {
	found := rule.deny with input as {"image": {"images": images}} with data.config as _config
}

_image(reference) := {"image": reference, "known": true, "use": "base"}

test_reports_moving_images if {
	every reference in ["nginx", "nginx:latest", "registry:5000/shop/base", "quay.io/shop/base:main", "base:1-SNAPSHOT"] {
		_reported([_image(reference)]) == {["image", "images", 0, "image"]}
	}
	_reported([_image("a:1"), {"image": "b", "known": true, "use": "stage"}, {"image": "c", "known": true, "use": "copy"}]) == {["image", "images", 1, "image"], ["image", "images", 2, "image"]}
}

test_accepts_pinned_images if {
	every reference in ["nginx:1.27", "scratch", "base@sha256:0a1b", "gcr.io/distroless/static:nonroot", "nginx:latest@sha256:0a1b"] {
		_reported([_image(reference)]) == set()
	}
	rule.subject == {["image", "images", 0, "image"]} with input as {"image": {"images": [_image("a:1"), _image("scratch")]}}
}

test_accepts_images_for_development if {
	image := {"image": {"development": true, "images": [_image("nginx")]}}
	count(rule.deny) == 0 with input as image with data.config as _config
	count(rule.subject) == 0 with input as image with data.config as _config
}

test_ignores_unknown_images if {
	unknown := {"image": "$BASE", "known": false, "use": "base"}
	_reported([unknown]) == set()
	count(rule.undetermined) == 1 with input as {"image": {"images": [unknown]}}
}
