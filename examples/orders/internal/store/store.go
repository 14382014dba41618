// Package store keeps orders in memory. It starts with deterministic seed data
// and never grows: the seeded orders stay, and of the orders created later the
// most recent ones are kept.
package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"example.com/shop/internal/order"
	"example.com/shop/internal/pricing"
)

// How many orders a store holds. It holds as many from the start, so that no
// request becomes dearer by the requests before it.
const (
	SeededOrders = 128
	RecentOrders = 64
)

// Errors that callers can tell apart.
var (
	ErrNotFound   = errors.New("no such order")
	ErrUnknownSKU = errors.New("unknown SKU")
)

// Store is safe for concurrent use.
type Store struct {
	now      func() time.Time
	products []order.Product // ascending by SKU

	mu     sync.Mutex
	seeded []*order.Order // the orders 1 to SeededOrders
	recent []*order.Order // a ring of the orders after them, always full
	next   order.ID
}

// New returns a store with its seed data. It asks now for the time of each
// order and never concurrently.
func New(now func() time.Time) (*Store, error) {
	s := &Store{now: now, products: products(), next: 1}
	drafts := seedDrafts(s.products, SeededOrders+RecentOrders)
	placed := make([]*order.Order, len(drafts))
	for i := range drafts {
		o, err := s.place(&drafts[i])
		if err != nil {
			return nil, fmt.Errorf("seed order %d: %w", i+1, err)
		}
		placed[i] = o
	}
	s.seeded, s.recent = placed[:SeededOrders:SeededOrders], placed[SeededOrders:]
	shuffleTimes(s.seeded)
	return s, nil
}

// Create places an order. It forgets the oldest one that was not seeded.
func (s *Store) Create(ctx context.Context, draft *order.Draft) (*order.Order, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("create order: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	o, err := s.place(draft)
	if err != nil {
		return nil, fmt.Errorf("create order: %w", err)
	}
	s.recent[slot(o.ID)] = o
	return o, nil
}

// Get returns an order by its id.
func (s *Store) Get(ctx context.Context, id order.ID) (*order.Order, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("get order: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case id >= 1 && id <= SeededOrders:
		return s.seeded[id-1], nil
	case id < s.next && id >= s.next-RecentOrders:
		return s.recent[slot(id)], nil
	default:
		return nil, fmt.Errorf("get order: %w: %s", ErrNotFound, id)
	}
}

// List returns the first orders in the given sequence, limit at most.
func (s *Store) List(ctx context.Context, by Sort, limit int) ([]*order.Order, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("list orders: %w", err)
	}
	compare, err := by.comparison()
	if err != nil {
		return nil, fmt.Errorf("list orders: %w", err)
	}
	orders := s.snapshot()
	slices.SortFunc(orders, func(a, b *order.Order) int {
		if c := compare(a, b); c != 0 {
			return c
		}
		return cmp.Compare(a.ID, b.ID)
	})
	return orders[:min(limit, len(orders))], nil
}

// snapshot returns all orders in the sequence of their arrival.
func (s *Store) snapshot() []*order.Order {
	s.mu.Lock()
	defer s.mu.Unlock()
	orders := make([]*order.Order, 0, SeededOrders+RecentOrders)
	orders = append(orders, s.seeded...)
	oldest := slot(s.next)
	orders = append(orders, s.recent[oldest:]...)
	return append(orders, s.recent[:oldest]...)
}

// place makes an order of a draft and numbers it. The caller holds the lock.
func (s *Store) place(draft *order.Draft) (*order.Order, error) {
	items := make([]order.Item, len(draft.Items))
	for i, wanted := range draft.Items {
		product, err := s.product(wanted.SKU)
		if err != nil {
			return nil, err
		}
		items[i] = order.Item{
			SKU:       product.SKU,
			Name:      product.Name,
			UnitPrice: product.Price,
			TaxClass:  product.TaxClass,
			Quantity:  wanted.Quantity,
		}
	}
	totals, err := pricing.Quote(items, draft.Region)
	if err != nil {
		return nil, err
	}
	o := &order.Order{
		ID:       s.next,
		Customer: draft.Customer,
		Region:   draft.Region,
		Created:  s.now().UTC().Truncate(time.Second),
		Items:    items,
		Total:    totals.Total,
	}
	s.next++
	return o, nil
}

func (s *Store) product(sku string) (*order.Product, error) {
	i, found := slices.BinarySearchFunc(s.products, sku, func(p order.Product, sku string) int {
		return strings.Compare(p.SKU, sku)
	})
	if !found {
		return nil, fmt.Errorf("%w: %q", ErrUnknownSKU, sku)
	}
	return &s.products[i], nil
}

// slot returns where in the ring the order with this id belongs.
func slot(id order.ID) int {
	return int(id-1-SeededOrders) % RecentOrders
}
