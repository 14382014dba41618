package main

import (
	"math"
	"runtime/metrics"
	"testing"
)

func TestHistogram(t *testing.T) {
	infinite := math.Inf(1)
	for _, test := range []struct {
		name    string
		counts  []uint64
		buckets []float64
		count   uint64
		sum     float64
	}{
		{"the middles of the buckets", []uint64{1, 2}, []float64{0, 10, 20}, 3, 5 + 2*15},
		{"no value", []uint64{0, 0}, []float64{0, 10, 20}, 0, 0},
		{"the finite edges of the outermost", []uint64{3, 1, 2}, []float64{-infinite, 10, 20, infinite}, 6, 3*10 + 15 + 2*20},
		{"one bucket of everything", []uint64{4}, []float64{-infinite, infinite}, 4, 0},
		{"edges whose sum is infinite", []uint64{1}, []float64{math.MaxFloat64, math.MaxFloat64}, 1, math.MaxFloat64},
	} {
		t.Run(test.name, func(t *testing.T) {
			count, sum := perfGateHistogram(&metrics.Float64Histogram{Counts: test.counts, Buckets: test.buckets})
			if count != test.count || sum != test.sum {
				t.Errorf("got %d, %g; want %d, %g", count, sum, test.count, test.sum)
			}
		})
	}
}

// What the client reads of an answer, which refuses one without it.
func TestSnapshotsHaveWhatIsRead(t *testing.T) {
	for _, test := range []struct {
		name   string
		answer perfGateAnswer
		fields []string
	}{
		{"info", perfGateInfo(nil, nil), []string{"agent", "goVersion", "pid", "gomaxprocs", "memProfileRate", "anchor", "buildInfo"}},
		{"memstats", perfGateMemStats(nil, nil), []string{"numGC", "numForcedGC", "mallocs", "frees", "totalAlloc", "heapAlloc", "heapObjects", "nextGC"}},
		{"gc", perfGateCollect(perfGateQuery{"times": {"0"}}, nil), []string{"numGC"}},
	} {
		var fields map[string]interface{}
		decoded(t, test.answer, &fields)
		for _, name := range test.fields {
			if fields[name] == nil {
				t.Errorf("%s has no %s: %s", test.name, name, test.answer.body)
			}
		}
	}
}

func TestMetricsAreNumbersAndHistograms(t *testing.T) {
	var values map[string]interface{}
	decoded(t, perfGateMetrics(nil, nil), &values)
	histograms := 0
	for name, value := range values {
		switch value := value.(type) {
		case float64:
		case map[string]interface{}:
			histograms++
			_, hasCount := value["count"].(float64)
			_, hasSum := value["sum"].(float64)
			if !hasCount || !hasSum || len(value) != 2 {
				t.Errorf("%s is %v", name, value)
			}
		default:
			t.Errorf("%s is %v", name, value)
		}
	}
	if _, ok := values["/gc/heap/allocs:objects"]; !ok || histograms == 0 {
		t.Errorf("got no count of objects or no histogram: %v", values)
	}
}

// The limit is asked for as -1, which must not become one.
func TestThePercentageAloneLeavesTheMemoryLimit(t *testing.T) {
	type previous struct {
		PreviousPercent     int
		PreviousMemoryLimit *int64
	}
	set := func(percent string) (was previous) {
		decoded(t, perfGateSetGCPercent(perfGateQuery{"percent": {percent}}, nil), &was)
		return was
	}
	first := set("50")
	second := set("100")
	if first.PreviousPercent != 100 || second.PreviousPercent != 50 {
		t.Errorf("got %d, then %d", first.PreviousPercent, second.PreviousPercent)
	}
	_, hasLimits := perfGateSetMemoryLimit(-1)
	for _, one := range []previous{first, second} {
		if hasLimits != (one.PreviousMemoryLimit != nil) || hasLimits && *one.PreviousMemoryLimit != math.MaxInt64 {
			t.Errorf("got the limit %v", one.PreviousMemoryLimit)
		}
	}
}

// In the counted copy alone the function is replaced; any other must never seem to be answered.
func TestNobodyAnswersForValgrind(t *testing.T) {
	for _, words := range [][6]uint64{
		{},
		{perfGateRunningOnValgrind},
		{perfGateDumpCounts},
		{7, 7, 8, math.MaxUint64}, // 7*3 + 7*5 is 8*7
		{1, 2, 3, 4, math.MaxUint64, math.MaxUint64},
		{0, 0, 1, 0, 0, perfGateNobody},
	} {
		if answer := perfGateAskValgrind(&words); answer&perfGateNobody == 0 {
			t.Errorf("%x is answered with %x", words, answer)
		}
	}
	if answer := perfGateStartCount(nil, nil); answer.status != 501 || answer.then != nil {
		t.Errorf("counting starts with %d", answer.status)
	}
}
