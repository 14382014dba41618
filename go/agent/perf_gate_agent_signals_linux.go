//go:build linux && (amd64 || arm64)
// +build linux
// +build amd64 arm64

package main

import (
	perfgatesyscall "syscall"
	perfgateunsafe "unsafe"
)

// perfGateSignalAction is the kernel's struct sigaction on amd64 and arm64.
type perfGateSignalAction struct {
	handler  uintptr
	flags    uint64
	restorer uintptr
	mask     uint64
}

const (
	perfGateDefault = 0 // SIG_DFL
	perfGateIgnore  = 1 // SIG_IGN
)

// perfGateQuietSignals takes from the Go runtime the handlers of signals that tell a counted service nothing it needs:
// callgrind loses its way when a Go handler interrupts the code that it counts. For a child that ends (SIGCHLD) and a
// window that changes (SIGWINCH) the default is to do nothing, and wait4 works as before; a broken connection (SIGPIPE)
// is still told by the error of the write; preemption (SIGURG) is off while counting; and where the service profiles
// itself all the time its profiles (SIGPROF) stay empty.
func perfGateQuietSignals(perfGateQuery, []byte) perfGateAnswer {
	for _, quiet := range []struct {
		signal  perfgatesyscall.Signal
		handler uintptr
	}{
		{perfgatesyscall.SIGCHLD, perfGateDefault},
		{perfgatesyscall.SIGWINCH, perfGateDefault},
		{perfgatesyscall.SIGURG, perfGateIgnore},
		{perfgatesyscall.SIGPIPE, perfGateIgnore},
		{perfgatesyscall.SIGPROF, perfGateIgnore},
	} {
		action := perfGateSignalAction{handler: quiet.handler}
		_, _, errno := perfgatesyscall.RawSyscall6(perfgatesyscall.SYS_RT_SIGACTION, uintptr(quiet.signal),
			uintptr(perfgateunsafe.Pointer(&action)), 0, perfgateunsafe.Sizeof(action.mask), 0, 0)
		if errno != 0 {
			return perfGateRefuse(500, "rt_sigaction of %s: %s", quiet.signal, errno)
		}
	}
	return perfGateJSON(struct{}{})
}
