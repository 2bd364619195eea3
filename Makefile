GO ?= go
LINT = $(GO) tool -modfile=tools/go.mod

.PHONY: test check docs build bench

build:
	$(GO) build -trimpath -o bin/opslint ./cmd/opslint

# Everything: Go, Rego, scripts of the binary, sample projects.
test:
	$(GO) test ./...

# What CI runs.
check: build test
	@test -z "$$(gofmt -l $$(git ls-files '*.go' | grep -v /testdata/))" || { gofmt -l $$(git ls-files '*.go' | grep -v /testdata/); exit 1; }
	$(GO) vet ./...
	$(LINT) staticcheck ./...
	$(LINT) actionlint
	$(GO) vet -vettool=$(CURDIR)/bin/opslint ./...
	bin/opslint check .

docs:
	$(GO) test ./cmd/opslint/internal/engine -run 'TestExamples|TestSamples' -update
	$(GO) generate ./...

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...
