GO ?= go
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: build test lint bench chromium

build:
	$(GO) build -o lossxfer-report .

# Everything that has to hold. The browser tests need Chromium, installed here where apt-get can.
test: chromium lint
	$(GO) test -timeout 20m ./...

lint:
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...

chromium:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; \
	else echo "Chromium is not installed: the browser tests will be skipped"; fi

# Ours beside PyTorch, OpenBLAS and scikit-learn, where python3 has them: ratios of alternating runs.
bench:
	$(GO) run ./compute/bench
