# Every line calls a script: read it there.
.PHONY: demo test check audit faults fresh mutations bench install
demo:    ; @sh scripts/demo --port $(or $(PORT),8000)
test:    ; @sh scripts/test
check:   ; @sh scripts/check
audit:   ; @.venv/bin/python scripts/audit_locks.py $(DATABASE)
faults:  ; @sh scripts/faults
fresh:   ; @sh scripts/fresh
mutations: ; @.venv/bin/python scripts/mutations.py
bench:   ; @sh scripts/bench
install: ; @sh scripts/install test
