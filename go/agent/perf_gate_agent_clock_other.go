//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package main

import (
	perfgatehttp "net/http"
	perfgateruntime "runtime"
)

// perfGateClock refuses: the syscall package has no Getrusage here (Windows, Plan 9, js; Solaris and AIX in older Go).
func perfGateClock(perfGateQuery, []byte) perfGateAnswer {
	return perfGateRefuse(perfgatehttp.StatusNotImplemented, "%s has no getrusage", perfgateruntime.GOOS)
}
