package order

import (
	"errors"
	"fmt"
)

// ErrBadID is wrapped by the errors of ParseID.
var ErrBadID = errors.New("not an order id")

const (
	idPrefix = "ord-"
	idDigits = 8
)

// ID numbers the orders of a store, from 1, in the sequence of their arrival.
type ID uint32

// ParseID returns the ID that String wrote as s.
func ParseID(s string) (ID, error) {
	if len(s) != len(idPrefix)+idDigits || s[:len(idPrefix)] != idPrefix {
		return 0, fmt.Errorf("%w: %q", ErrBadID, s)
	}
	var id ID
	for _, digit := range []byte(s[len(idPrefix):]) {
		if digit < '0' || digit > '9' {
			return 0, fmt.Errorf("%w: %q", ErrBadID, s)
		}
		id = id*10 + ID(digit-'0')
	}
	return id, nil
}

// String returns the ID in its fixed width, such as "ord-00000042".
func (id ID) String() string {
	var text [len(idPrefix) + idDigits]byte
	copy(text[:], idPrefix)
	for i := len(text) - 1; i >= len(idPrefix); i-- {
		text[i] = byte('0' + id%10)
		id /= 10
	}
	return string(text[:])
}
