//go:build !go1.19

package main

// perfGateSetMemoryLimit does nothing: memory limits came with Go 1.19.
func perfGateSetMemoryLimit(int64) (previous int64, ok bool) {
	return 0, false
}
