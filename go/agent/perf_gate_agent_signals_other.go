//go:build !linux || (!amd64 && !arm64)
// +build !linux !amd64,!arm64

package main

func perfGateQuietSignals(perfGateQuery, []byte) perfGateAnswer {
	return perfGateRefuse(501, "signals are kept quiet on Linux on amd64 and arm64 only")
}
