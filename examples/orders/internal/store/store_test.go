package store

import (
	"cmp"
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/shop/internal/order"
	"example.com/shop/internal/pricing"
)

func newStore(t *testing.T) *Store {
	t.Helper()
	s, err := New(Ticking(Epoch, time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func draft() *order.Draft {
	return &order.Draft{
		Customer: "Zoe",
		Region:   "DE",
		Items:    []order.DraftItem{{SKU: "tea-sencha-0045", Quantity: 2}, {SKU: "cup-glass-0201", Quantity: 4}},
	}
}

func create(t *testing.T, s *Store) *order.Order {
	t.Helper()
	o, err := s.Create(context.Background(), draft())
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func list(t *testing.T, s *Store, by Sort, limit int) []*order.Order {
	t.Helper()
	orders, err := s.List(context.Background(), by, limit)
	if err != nil {
		t.Fatal(err)
	}
	return orders
}

func TestProductsAscend(t *testing.T) {
	bySKU := func(a, b order.Product) int { return strings.Compare(a.SKU, b.SKU) }
	if !slices.IsSortedFunc(products(), bySKU) {
		t.Error("products are not ascending by SKU, but the store searches them so")
	}
}

func TestSeedIsDeterministic(t *testing.T) {
	one, other := list(t, newStore(t), SortCreated, 1000), list(t, newStore(t), SortCreated, 1000)
	if len(one) != SeededOrders+RecentOrders {
		t.Errorf("%d orders, want %d", len(one), SeededOrders+RecentOrders)
	}
	if !reflect.DeepEqual(one, other) {
		t.Error("two stores have different seed data")
	}
}

func TestListSorts(t *testing.T) {
	s := newStore(t)
	tests := map[Sort]func(a, b *order.Order) int{
		SortCreated: func(a, b *order.Order) int { return a.Created.Compare(b.Created) },
		SortCustomer: func(a, b *order.Order) int {
			if c := strings.Compare(a.Customer, b.Customer); c != 0 {
				return c
			}
			return cmp.Compare(a.ID, b.ID)
		},
		SortTotal: func(a, b *order.Order) int { return cmp.Compare(b.Total, a.Total) },
	}
	for by, compare := range tests {
		all := list(t, s, by, 1000)
		if !slices.IsSortedFunc(all, compare) {
			t.Errorf("%s: not sorted", by)
		}
		if first := list(t, s, by, 40); !slices.Equal(first, all[:40]) {
			t.Errorf("%s: limit 40 does not return the first 40", by)
		}
	}
}

func TestListUnknownSort(t *testing.T) {
	if _, err := newStore(t).List(context.Background(), "weight", 1); !errors.Is(err, ErrUnknownSort) {
		t.Errorf("List() error = %v, want ErrUnknownSort", err)
	}
}

func TestCreate(t *testing.T) {
	s := newStore(t)
	o := create(t, s)
	if want := order.ID(SeededOrders + RecentOrders + 1); o.ID != want {
		t.Errorf("ID = %s, want %s", o.ID, want)
	}
	if want := Epoch.Add((SeededOrders + RecentOrders) * time.Minute); !o.Created.Equal(want) {
		t.Errorf("Created = %s, want %s", o.Created, want)
	}
	// 2 x 13.90 at 7 % and 4 x 8.90 at 19 %.
	if want := order.Cents(2_780 + 195 + 3_560 + 676); o.Total != want {
		t.Errorf("Total = %s, want %s", o.Total, want)
	}
	got, err := s.Get(context.Background(), o.ID)
	if err != nil || got != o {
		t.Errorf("Get(%s) = %v, %v, want the created order", o.ID, got, err)
	}
}

func TestCreateRefuses(t *testing.T) {
	s := newStore(t)
	unknownSKU, unknownRegion := draft(), draft()
	unknownSKU.Items[1].SKU = "anvil"
	unknownRegion.Region = "XX"
	if _, err := s.Create(context.Background(), unknownSKU); !errors.Is(err, ErrUnknownSKU) {
		t.Errorf("Create() error = %v, want ErrUnknownSKU", err)
	}
	if _, err := s.Create(context.Background(), unknownRegion); !errors.Is(err, pricing.ErrUnknownRegion) {
		t.Errorf("Create() error = %v, want ErrUnknownRegion", err)
	}
	if o := create(t, s); o.ID != SeededOrders+RecentOrders+1 {
		t.Errorf("the refused drafts have used up ids: the next is %s", o.ID)
	}
}

func TestStoreIsBounded(t *testing.T) {
	s := newStore(t)
	first := create(t, s)
	for i := 1; i < RecentOrders; i++ {
		create(t, s)
	}
	if _, err := s.Get(context.Background(), first.ID); err != nil {
		t.Errorf("an order is gone after %d others: %v", RecentOrders-1, err)
	}
	last := create(t, s)
	if _, err := s.Get(context.Background(), first.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("Get() error = %v after %d others, want ErrNotFound", err, RecentOrders)
	}
	all := list(t, s, SortCreated, 1000)
	if len(all) != SeededOrders+RecentOrders {
		t.Errorf("%d orders, want %d", len(all), SeededOrders+RecentOrders)
	}
	if got := all[len(all)-1]; got != last {
		t.Errorf("newest is %s, want %s", got.ID, last.ID)
	}
	for id := order.ID(1); id <= SeededOrders; id++ {
		if o, err := s.Get(context.Background(), id); err != nil || o.ID != id {
			t.Fatalf("seeded order %s: %v, %v", id, o, err)
		}
	}
}

func TestGetNotFound(t *testing.T) {
	for _, id := range []order.ID{0, SeededOrders + RecentOrders + 1, 99_999_999} {
		if _, err := newStore(t).Get(context.Background(), id); !errors.Is(err, ErrNotFound) {
			t.Errorf("Get(%s) error = %v, want ErrNotFound", id, err)
		}
	}
}

func TestCancelledContext(t *testing.T) {
	s := newStore(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, errCreate := s.Create(ctx, draft())
	_, errGet := s.Get(ctx, 1)
	_, errList := s.List(ctx, SortCreated, 1)
	for _, err := range []error{errCreate, errGet, errList} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error = %v, want context.Canceled", err)
		}
	}
}

func BenchmarkList(b *testing.B) {
	s, err := New(Ticking(Epoch, time.Minute))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		if _, err := s.List(context.Background(), SortCreated, 40); err != nil {
			b.Fatal(err)
		}
	}
}
