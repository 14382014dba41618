// The agent's view of the runtime: who this process is, its collector, its counters and its profiles.

package main

import (
	perfgatebytes "bytes"
	perfgateio "io"
	perfgatemath "math"
	perfgatehttp "net/http"
	perfgateos "os"
	perfgatereflect "reflect"
	perfgateruntime "runtime"
	perfgatedebug "runtime/debug"
	perfgatemetrics "runtime/metrics"
	perfgatepprof "runtime/pprof"
	perfgatestrconv "strconv"
	perfgatesync "sync"
)

// perfGateAnchor does nothing. Where it lies in memory, compared with where it lies in the file, is by how much a
// position-independent program was moved.
//
//go:noinline
func perfGateAnchor() {}

func perfGateInfo(perfGateQuery, []byte) perfGateAnswer {
	buildInfo := ""
	if info, ok := perfgatedebug.ReadBuildInfo(); ok {
		buildInfo = info.String()
	}
	anchor := uint64(perfgatereflect.ValueOf(perfGateAnchor).Pointer())
	return perfGateJSON(map[string]interface{}{
		"agent":          perfGateProtocol,
		"goVersion":      perfgateruntime.Version(),
		"pid":            perfgateos.Getpid(),
		"gomaxprocs":     perfgateruntime.GOMAXPROCS(0),
		"numCPU":         perfgateruntime.NumCPU(),
		"memProfileRate": perfgateruntime.MemProfileRate,
		"goos":           perfgateruntime.GOOS,
		"goarch":         perfgateruntime.GOARCH,
		"anchor":         "0x" + perfgatestrconv.FormatUint(anchor, 16),
		"buildInfo":      buildInfo,
	})
}

// perfGateSettings guards what is set for the whole process.
var perfGateSettings perfgatesync.Mutex

func perfGateCollect(query perfGateQuery, _ []byte) perfGateAnswer {
	times, err := perfGateInteger(query, "times", 1, 0, 100)
	if err != nil {
		return perfGateRefuse(perfgatehttp.StatusBadRequest, "%v", err)
	}
	for ; times > 0; times-- {
		perfgateruntime.GC()
	}
	var stats perfgateruntime.MemStats
	perfgateruntime.ReadMemStats(&stats)
	return perfGateJSON(map[string]interface{}{"numGC": stats.NumGC})
}

// perfGateUseHeap lets the heap grow by that many bytes and gives all that is free back to the system, so that what is
// allocated next lies in memory of one kind. Whether fresh, recycled or returned memory is used, and so whether it must be
// cleared, depends otherwise on how far the runtime's background scavenger has come.
func perfGateUseHeap(query perfGateQuery, _ []byte) perfGateAnswer {
	bytes, err := perfGateInteger(query, "bytes", 0, 0, 1<<40)
	if err != nil {
		return perfGateRefuse(400, "%s", err)
	}
	perfgateruntime.KeepAlive(make([]byte, bytes))
	perfgateruntime.GC()
	perfgatedebug.FreeOSMemory()
	return perfGateJSON(struct{}{})
}

// perfGateSetGCPercent sets GOGC and, where it is given and this Go has one, the memory limit. previousMemoryLimit is
// null before Go 1.19: there is no limit then, and none was set.
func perfGateSetGCPercent(query perfGateQuery, _ []byte) perfGateAnswer {
	if len(query["percent"]) == 0 {
		return perfGateRefuse(perfgatehttp.StatusBadRequest, "percent is missing")
	}
	percent, err := perfGateInteger(query, "percent", 0, -1, perfgatemath.MaxInt32)
	if err != nil {
		return perfGateRefuse(perfgatehttp.StatusBadRequest, "%v", err)
	}
	const unchanged = -1 // of debug.SetMemoryLimit: only tells the limit
	limit, err := perfGateInteger(query, "memoryLimit", unchanged, unchanged, perfgatemath.MaxInt64)
	if err != nil {
		return perfGateRefuse(perfgatehttp.StatusBadRequest, "%v", err)
	}
	perfGateSettings.Lock()
	defer perfGateSettings.Unlock()
	var previousLimit interface{}
	if previous, ok := perfGateSetMemoryLimit(limit); ok {
		previousLimit = previous
	}
	previousPercent := perfgatedebug.SetGCPercent(int(percent))
	return perfGateJSON(map[string]interface{}{
		"previousPercent":     previousPercent,
		"previousMemoryLimit": previousLimit,
	})
}

func perfGateMemStats(perfGateQuery, []byte) perfGateAnswer {
	var stats perfgateruntime.MemStats
	perfgateruntime.ReadMemStats(&stats)
	return perfGateJSON(map[string]interface{}{
		"numGC":         stats.NumGC,
		"numForcedGC":   stats.NumForcedGC,
		"mallocs":       stats.Mallocs,
		"frees":         stats.Frees,
		"totalAlloc":    stats.TotalAlloc,
		"heapAlloc":     stats.HeapAlloc,
		"heapObjects":   stats.HeapObjects,
		"nextGC":        stats.NextGC,
		"gcCPUFraction": stats.GCCPUFraction,
		"pauseTotalNs":  stats.PauseTotalNs,
	})
}

// perfGateMetrics answers all of runtime/metrics: numbers as they are, histograms by count and approximate sum. What
// JSON cannot hold (an infinite number) and kinds of a later Go are left out.
func perfGateMetrics(perfGateQuery, []byte) perfGateAnswer {
	descriptions := perfgatemetrics.All()
	samples := make([]perfgatemetrics.Sample, len(descriptions))
	for i := range descriptions {
		samples[i].Name = descriptions[i].Name
	}
	perfgatemetrics.Read(samples)
	values := map[string]interface{}{}
	for i := range samples {
		switch value := samples[i].Value; value.Kind() {
		case perfgatemetrics.KindUint64:
			values[samples[i].Name] = value.Uint64()
		case perfgatemetrics.KindFloat64:
			if number := value.Float64(); !perfgatemath.IsNaN(number) && !perfgatemath.IsInf(number, 0) {
				values[samples[i].Name] = number
			}
		case perfgatemetrics.KindFloat64Histogram:
			count, sum := perfGateHistogram(value.Float64Histogram())
			values[samples[i].Name] = map[string]interface{}{"count": count, "sum": sum}
		}
	}
	return perfGateJSON(values)
}

// perfGateHistogram answers how many values there are and about their sum: each counts as the middle of its bucket, or
// as its finite edge where the other is infinite.
func perfGateHistogram(histogram *perfgatemetrics.Float64Histogram) (count uint64, sum float64) {
	for i, n := range histogram.Counts {
		if n == 0 {
			continue
		}
		count += n
		low, high := histogram.Buckets[i], histogram.Buckets[i+1]
		switch {
		case perfgatemath.IsInf(low, -1) && perfgatemath.IsInf(high, 1):
		case perfgatemath.IsInf(low, -1):
			sum += float64(n) * high
		case perfgatemath.IsInf(high, 1):
			sum += float64(n) * low
		default:
			sum += float64(n) * (low + (high-low)/2)
		}
	}
	return count, sum
}

// perfGateProfile answers a profile of runtime/pprof, after that many forced collections: what was allocated shows in
// the memory profiles two collections later.
func perfGateProfile(name string, query perfGateQuery) perfGateAnswer {
	collections, err := perfGateInteger(query, "gc", 0, 0, 100)
	if err != nil {
		return perfGateRefuse(perfgatehttp.StatusBadRequest, "%v", err)
	}
	profile := perfgatepprof.Lookup(name)
	if profile == nil {
		return perfGateRefuse(perfgatehttp.StatusNotFound, "no such profile: %s", name)
	}
	for ; collections > 0; collections-- {
		perfgateruntime.GC()
	}
	var output perfgatebytes.Buffer
	if err := profile.WriteTo(&output, 0); err != nil {
		return perfGateRefuse(perfgatehttp.StatusInternalServerError, "the %s profile could not be written: %v", name, err)
	}
	return perfGateBinary(output.Bytes())
}

var (
	perfGateCPUMutex perfgatesync.Mutex
	// The profile that runs, nil where none does; guarded by perfGateCPUMutex.
	perfGateCPUOutput *perfgatebytes.Buffer
)

func perfGateStartCPU(perfGateQuery, []byte) perfGateAnswer {
	perfGateCPUMutex.Lock()
	defer perfGateCPUMutex.Unlock()
	if perfGateCPUOutput != nil {
		return perfGateRefuse(perfgatehttp.StatusConflict, "a CPU profile was already started through the agent")
	}
	output := &perfgatebytes.Buffer{}
	if err := perfgatepprof.StartCPUProfile(output); err != nil {
		return perfGateRefuse(perfgatehttp.StatusConflict, "the service profiles its CPU itself: %v", err)
	}
	perfGateCPUOutput = output
	return perfGateJSON(map[string]interface{}{})
}

func perfGateStopCPU(perfGateQuery, []byte) perfGateAnswer {
	perfGateCPUMutex.Lock()
	defer perfGateCPUMutex.Unlock()
	output := perfGateCPUOutput
	if output == nil {
		return perfGateRefuse(perfgatehttp.StatusConflict, "no CPU profile was started")
	}
	perfGateCPUOutput = nil
	// A service may have called pprof.StopCPUProfile meanwhile, which ends anybody's profile: then another one can be
	// started, and what we hold covers a part of the time only.
	stolen := perfgatepprof.StartCPUProfile(perfgateio.Discard) == nil
	perfgatepprof.StopCPUProfile()
	if stolen {
		return perfGateRefuse(perfgatehttp.StatusConflict, "the service stopped the agent's CPU profile before its time")
	}
	return perfGateBinary(output.Bytes())
}
