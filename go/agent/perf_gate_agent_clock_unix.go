//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package main

import (
	perfgatehttp "net/http"
	perfgatesyscall "syscall"
	perfgatetime "time"
)

// perfGateClock answers the CPU time of this process and a wall clock that never goes back.
func perfGateClock(perfGateQuery, []byte) perfGateAnswer {
	var usage perfgatesyscall.Rusage
	if err := perfgatesyscall.Getrusage(perfgatesyscall.RUSAGE_SELF, &usage); err != nil {
		return perfGateRefuse(perfgatehttp.StatusInternalServerError, "getrusage: %v", err)
	}
	return perfGateJSON(map[string]interface{}{
		"userNs":   usage.Utime.Nano(),
		"systemNs": usage.Stime.Nano(),
		"wallNs":   perfgatetime.Since(perfGateClockZero).Nanoseconds(),
	})
}
