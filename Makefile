# Every line calls a script: read it there.
.PHONY: demo test check bench install
demo:    ; @sh scripts/demo --port $(or $(PORT),8000)
test:    ; @sh scripts/test
check:   ; @sh scripts/check
bench:   ; @sh scripts/bench
install: ; @sh scripts/install test
