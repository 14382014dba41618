//go:build go1.19

package main

import (
	perfgatedebug "runtime/debug"
)

// perfGateSetMemoryLimit sets the soft memory limit and answers the previous one; a negative limit changes nothing.
func perfGateSetMemoryLimit(limit int64) (previous int64, ok bool) {
	return perfgatedebug.SetMemoryLimit(limit), true
}
