package store

import "time"

// Epoch is the time of the first seeded order.
var Epoch = time.Date(2024, time.March, 1, 8, 0, 0, 0, time.UTC)

// Ticking returns a clock that starts at start and advances by step whenever
// it is read. With it the same requests get the same responses, to the byte,
// in every run. It is not safe for concurrent use.
func Ticking(start time.Time, step time.Duration) func() time.Time {
	next := start
	return func() time.Time {
		now := next
		next = next.Add(step)
		return now
	}
}
