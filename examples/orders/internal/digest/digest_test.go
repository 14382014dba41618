package digest

import (
	"math/bits"
	"testing"

	"example.com/shop/internal/order"
)

func items() []order.Item {
	return []order.Item{
		{SKU: "tea-0001", Name: "Sencha", Quantity: 2, UnitPrice: 450},
		{SKU: "pot-0007", Name: "Glass pot", Quantity: 1, UnitPrice: 3_990},
	}
}

func TestItemsSeesEveryChange(t *testing.T) {
	changes := map[string]func(items []order.Item) []order.Item{
		"sku":      func(items []order.Item) []order.Item { items[1].SKU = "pot-0008"; return items },
		"name":     func(items []order.Item) []order.Item { items[0].Name = "Gyokuro"; return items },
		"quantity": func(items []order.Item) []order.Item { items[0].Quantity++; return items },
		"price":    func(items []order.Item) []order.Item { items[1].UnitPrice--; return items },
		"sequence": func(items []order.Item) []order.Item { items[0], items[1] = items[1], items[0]; return items },
		"fewer":    func(items []order.Item) []order.Item { return items[:1] },
		"none":     func([]order.Item) []order.Item { return nil },
	}
	seen := map[Sum]string{Items(items()): "unchanged"}
	for name, change := range changes {
		sum := Items(change(items()))
		if other, found := seen[sum]; found {
			t.Errorf("%s and %s have the same sum %s", name, other, sum)
		}
		seen[sum] = name
	}
}

func TestItemsIsStable(t *testing.T) {
	if Items(items()) != Items(items()) {
		t.Error("equal items have different sums")
	}
}

func TestItemsSpreadsTheLastChange(t *testing.T) {
	last := items()
	last[len(last)-1].UnitPrice ^= 1
	changed := bits.OnesCount64(uint64(Items(items()) ^ Items(last)))
	if changed < 16 {
		t.Errorf("one bit of the last price changes %d of 64 bits, want 16 or more", changed)
	}
}

func TestCombineDependsOnTheSequence(t *testing.T) {
	if Combine([]Sum{1, 2}) == Combine([]Sum{2, 1}) {
		t.Error("the sequence makes no difference")
	}
}

func TestText(t *testing.T) {
	const sum = Sum(0x00c0ffee12345678)
	if got, want := sum.String(), "00c0ffee12345678"; got != want {
		t.Errorf("String() = %q, want %q", got, want)
	}
	if got, want := sum.ETag(), `"00c0ffee12345678"`; got != want {
		t.Errorf("ETag() = %q, want %q", got, want)
	}
}

func BenchmarkItems(b *testing.B) {
	list := items()
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		Items(list)
	}
}
