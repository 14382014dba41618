// The agent settles how large a stack new goroutines are given.

package main

import (
	perfgateruntime "runtime"
	perfgatesync "sync"
)

const (
	// Goroutines whose stacks make the average, against however many the service has.
	perfGateDeepGoroutines = 256
	// With this much in use a goroutine has a stack of 16 KB, the largest that the runtime keeps ready for the next one.
	perfGateDeepBytes = 14000
)

// perfGateUseStacks lets the runtime find, in a collection, that goroutines use stacks of about 14 KB: from Go 1.19 on it
// then starts new ones with 16 KB, until the next collection. With the 2 KB that it starts them with after a collection of
// an idle service each would grow its stack by copying it, which a service under load does not do.
func perfGateUseStacks(perfGateQuery, []byte) perfGateAnswer {
	var deep, collected, done perfgatesync.WaitGroup
	deep.Add(perfGateDeepGoroutines)
	collected.Add(1)
	done.Add(perfGateDeepGoroutines)
	for i := 0; i < perfGateDeepGoroutines; i++ {
		go perfGateDeep(&deep, &collected, &done)
	}
	deep.Wait()
	perfgateruntime.GC()
	collected.Done()
	done.Wait()
	return perfGateJSON(struct{}{})
}

func perfGateDeep(deep, collected, done *perfgatesync.WaitGroup) {
	defer done.Done()
	var used [perfGateDeepBytes]byte
	deep.Done()
	collected.Wait()
	perfgateruntime.KeepAlive(&used)
}
