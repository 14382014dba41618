package store

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"example.com/shop/internal/order"
)

// ErrUnknownSort is wrapped where a Sort is none of the constants.
var ErrUnknownSort = errors.New("unknown sort")

// Sort names a sequence of orders. Orders that are equal in it come in the
// sequence of their ids.
type Sort string

// The sequences.
const (
	SortCreated  Sort = "created"  // oldest first
	SortCustomer Sort = "customer" // alphabetically
	SortTotal    Sort = "total"    // dearest first
)

func (by Sort) comparison() (func(a, b *order.Order) int, error) {
	switch by {
	case SortCreated:
		return func(a, b *order.Order) int { return a.Created.Compare(b.Created) }, nil
	case SortCustomer:
		return func(a, b *order.Order) int { return strings.Compare(a.Customer, b.Customer) }, nil
	case SortTotal:
		return func(a, b *order.Order) int { return cmp.Compare(b.Total, a.Total) }, nil
	default:
		return nil, fmt.Errorf("%w: %q", ErrUnknownSort, string(by))
	}
}
