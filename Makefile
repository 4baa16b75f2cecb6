GO ?= go
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

DEADCODE := golang.org/x/tools/cmd/deadcode@v0.52.0
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0

# What a release is called and which platforms it has.
VERSION ?= $(shell git describe --tags --always --dirty)
SHA256 := $(if $(shell command -v sha256sum),sha256sum,shasum -a 256)
PLATFORMS := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64

# How long make fuzz tries each target.
FUZZTIME ?= 1m

.PHONY: build test fuzz test-slurm lint vulnerabilities bench chromium slurm release $(PLATFORMS)

build:
	$(GO) build -o lossxfer-report .

# Everything that has to hold, but for whole builds on a cluster (test-slurm). The browser
# tests need Chromium and those of the cluster Slurm, installed here where apt-get can.
test: chromium slurm lint
	$(GO) test -timeout 60m ./...

# Every fuzz target of the module, one after the other. What fails is kept in the package's
# testdata/fuzz.
fuzz:
	@for package in $$($(GO) list ./...); do \
		for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz'); do \
			echo "$$package $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1s $$package || exit 1; \
		done; \
	done

# Runs the tests against a real Slurm, which they start and stop, as root.
test-slurm: slurm
	LOSSXFER_SLURM=require $(GO) test -timeout 60m ./compute/slurm/...

# The assembly of the other architecture is held against its declarations, too.
lint:
	$(GO) vet ./...
	GOARCH=arm64 $(GO) vet ./compute/kernel
	$(GO) run $(STATICCHECK) ./...
	@dead=$$($(GO) run $(DEADCODE) -test ./...) || exit 1; \
	if [ -n "$$dead" ]; then echo "$$dead"; exit 1; fi

# Asks the Go vulnerability database, so it needs the network.
vulnerabilities:
	$(GO) run $(GOVULNCHECK) ./...

chromium:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; \
	else echo "Chromium is not installed: the browser tests will be skipped"; fi

slurm:
	@command -v slurmctld >/dev/null && command -v slurmd >/dev/null && command -v munged >/dev/null || \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends slurm-wlm munge; \
	else echo "Slurm is not installed: the tests on a cluster will be skipped, and test-slurm fails"; fi

# Ours beside PyTorch, OpenBLAS and scikit-learn, where python3 has them: ratios of alternating runs.
bench:
	$(GO) run ./compute/bench

# One file for each platform in dist/ and their SHA-256. The same commit and version give the
# same bytes: no path, time or C compiler enters.
release: $(PLATFORMS)
	cp LICENSE THIRD_PARTY.md dist
	cd dist && $(SHA256) LICENSE THIRD_PARTY.md lossxfer-report_$(VERSION)_* >SHA256SUMS

$(PLATFORMS):
	CGO_ENABLED=0 GOOS=$(@D) GOARCH=$(@F) $(GO) build -trimpath -buildvcs=true \
		-ldflags "-s -w -X lossxfer-report/command.release=$(VERSION)" \
		-o dist/lossxfer-report_$(VERSION)_$(@D)_$(@F)$(if $(filter windows,$(@D)),.exe) .
