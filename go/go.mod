module perf-gate.local

go 1.18
