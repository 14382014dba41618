//go:build !go1.23

package main

import (
	_ "unsafe" // for go:linkname
)

// perfGateExpandInlined is what runtime/pprof itself expands a stack's last address with. It is the same from Go 1.18
// to 1.22, and there will be no others without runtime.CallersFrames doing it.
//
//go:linkname perfGateExpandInlined runtime/pprof.runtime_expandFinalInlineFrame
func perfGateExpandInlined(stack []uintptr) []uintptr

// perfGateExpand makes, in the room of buffer, what runtime.CallersFrames wants to be given for the frames of one
// instruction, inlined functions included: return addresses, hence + 1.
func perfGateExpand(buffer []uintptr, pc uintptr) []uintptr {
	return perfGateExpandInlined(append(buffer[:0], pc+1))
}
