//go:build go1.23

package main

// perfGateExpand makes, in the room of buffer, what runtime.CallersFrames wants to be given for the frames of one
// instruction, inlined functions included. It takes return addresses, hence + 1. Since Go 1.23 it expands inlined
// frames by itself, but not of the last address in the list (up to Go 1.26 at least): so another one, of no function,
// stands behind it.
func perfGateExpand(buffer []uintptr, pc uintptr) []uintptr {
	return append(buffer[:0], pc+1, 0)
}
