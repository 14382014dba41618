// Package digest computes short checksums of orders. They tell whether an
// order has changed, and serve as entity tags. They are no protection against
// somebody who wants two orders to collide.
package digest

import (
	"math/bits"

	"example.com/shop/internal/order"
)

// Rounds is how often Items runs over all items. One round of FNV-1a leaves
// the last bytes of its input in a few bits of the sum; the further ones carry
// every change through all of them.
const Rounds = 8

// The parameters of 64-bit FNV-1a.
const (
	offset Sum = 14695981039346656037
	prime  Sum = 1099511628211
)

// Sum is a checksum.
type Sum uint64

// Items returns the checksum of the items in their sequence.
func Items(items []order.Item) Sum {
	sum := offset
	for round := 0; round < Rounds; round++ {
		for i := range items {
			item := &items[i]
			for j := 0; j < len(item.SKU); j++ {
				sum = (sum ^ Sum(item.SKU[j])) * prime
			}
			for j := 0; j < len(item.Name); j++ {
				sum = (sum ^ Sum(item.Name[j])) * prime
			}
			sum = mix(sum, Sum(item.Quantity))
			sum = mix(sum, Sum(item.UnitPrice))
		}
	}
	return sum
}

// Combine returns one checksum for several, in their sequence.
func Combine(sums []Sum) Sum {
	total := offset
	for _, sum := range sums {
		total = mix(total, sum)
	}
	return total
}

// mix folds a whole word into a sum.
func mix(sum, word Sum) Sum {
	return Sum(bits.RotateLeft64(uint64((sum^word)*prime), 29))
}

// String returns the sum as 16 hexadecimal digits.
func (s Sum) String() string {
	const digits = "0123456789abcdef"
	var text [16]byte
	for i := range text {
		text[i] = digits[s>>60]
		s <<= 4
	}
	return string(text[:])
}

// ETag returns the sum as a strong entity tag (RFC 9110, section 8.8.3).
func (s Sum) ETag() string {
	return `"` + s.String() + `"`
}
