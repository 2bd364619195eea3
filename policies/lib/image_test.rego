package opslint.lib.image_test

import data.opslint.lib.image

_tags := ["latest", "main", "stable"]

test_parses_all_parts if {
	image.parse("registry.example.com:5000/shop/api:1.4.2@sha256:0a1b") == {
		"registry": "registry.example.com:5000",
		"repository": "shop/api",
		"name": "api",
		"tag": "1.4.2",
		"digest": "sha256:0a1b",
	}
}

test_parses_short_references[reference] if {
	some reference, want in {
		"nginx": ["", "nginx", "nginx", "", ""],
		"nginx:1.27": ["", "nginx", "nginx", "1.27", ""],
		"library/nginx": ["", "library/nginx", "nginx", "", ""],
		"localhost/api:dev": ["localhost", "api", "api", "dev", ""],
		"registry:5000/api": ["registry:5000", "api", "api", "", ""],
		"quay.io/a/b/c@sha256:1": ["quay.io", "a/b/c", "c", "", "sha256:1"],
		" nginx:1 ": ["", "nginx", "nginx", "1", ""],
	}
	parts := image.parse(reference)
	[parts.registry, parts.repository, parts.name, parts.tag, parts.digest] == want
	image.name(trim_space(reference)) == parts.name
}

test_parses_nothing_from_other_text if {
	not image.parse("not an image")
	not image.parse("")
}

test_reports_mutable_tags if {
	every reference in [
		"nginx", "registry:5000/api", "nginx:latest", "nginx:LATEST", "quay.io/a/b:main",
		"api:1.0-SNAPSHOT", "api:16-latest", "api:2024-nightly",
	] {
		image.mutable(reference, _tags)
	}
}

test_accepts_pinned_images if {
	every reference in [
		"nginx:1", "nginx:v2", "postgres:16-alpine", "python:3.12-slim", "registry:5000/api:1.0",
		"nginx@sha256:1", "nginx:latest@sha256:1", "api:stable-1.2",
	] {
		not image.mutable(reference, _tags)
	}
}

test_says_why if {
	image.mutable("nginx", _tags) == `no tag, which means "latest"`
	image.mutable("nginx:main", _tags) == `the moving tag "main"`
}
