// The agent switches valgrind's counting on and off, from within the counted process.

package main

import (
	perfgateruntime "runtime"
	perfgateatomic "sync/atomic"
)

// Requests of valgrind.h and callgrind.h to the valgrind that runs this process.
const (
	perfGateRunningOnValgrind    = 0x1001
	perfGateDumpCounts           = 0x43540000 // CALLGRIND_DUMP_STATS
	perfGateStartInstrumentation = 0x43540004 // CALLGRIND_START_INSTRUMENTATION
	perfGateStopInstrumentation  = 0x43540005 // CALLGRIND_STOP_INSTRUMENTATION

	// No valgrind answers a request with this bit.
	perfGateNobody = 1 << 63
)

// perfGateAskValgrind is a request and its five arguments to valgrind, and its answer. Go has no word for that: in the
// counted copy of the executable the machine code of this function is replaced (binary/counted-copy.ts). As it stands
// here it answers that nobody was asked, at the length that the replacement needs.
//
//go:noinline
func perfGateAskValgrind(words *[6]uint64) uint64 {
	sum := words[0]*3 + words[1]*5
	if sum == words[2]*7 {
		sum += words[3] * 11
	}
	return sum ^ words[4]*13 ^ words[5]*17 | perfGateNobody
}

func perfGateValgrind(request uint64) uint64 {
	return perfGateAskValgrind(&[6]uint64{request})
}

var perfGateCounting int32

// perfGateStartCount starts counting behind the answer, so that answering is not counted, and then forces as many
// collections as are wanted. The client waits for the end of the connection.
func perfGateStartCount(query perfGateQuery, _ []byte) perfGateAnswer {
	collections, err := perfGateInteger(query, "gc", 0, 0, 100)
	if err != nil {
		return perfGateRefuse(400, "%v", err)
	}
	switch answer := perfGateValgrind(perfGateRunningOnValgrind); {
	case answer&perfGateNobody != 0:
		return perfGateRefuse(501, "this executable is not the copy that can be counted")
	case answer == 0:
		return perfGateRefuse(409, "no valgrind runs this process")
	}
	answer := perfGateJSON(struct{}{})
	answer.then = func() {
		perfgateatomic.StoreInt32(&perfGateCounting, 1)
		perfGateValgrind(perfGateStartInstrumentation)
		for ; collections > 0; collections-- {
			perfgateruntime.GC()
		}
	}
	return answer
}

// perfGateEndCount ends counting, if it goes on, and lets valgrind write what it counted. Whoever asks the agent for
// anything ends it, before the question is even read: what the agent does then is not counted.
func perfGateEndCount() {
	if perfgateatomic.CompareAndSwapInt32(&perfGateCounting, 1, 0) {
		perfGateValgrind(perfGateStopInstrumentation)
		perfGateValgrind(perfGateDumpCounts)
	}
}

// perfGateStopCount has nothing left to do: counting ended when its connection was accepted.
func perfGateStopCount(perfGateQuery, []byte) perfGateAnswer {
	return perfGateJSON(struct{}{})
}
