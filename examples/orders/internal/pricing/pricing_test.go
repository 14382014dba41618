package pricing

import (
	"errors"
	"testing"

	"example.com/shop/internal/order"
)

func TestQuote(t *testing.T) {
	tests := []struct {
		name   string
		region string
		items  []order.Item
		want   Totals
	}{
		{
			name: "nothing", region: "DE",
			want: Totals{},
		},
		{
			name: "standard rate, no discount", region: "DE",
			items: []order.Item{{UnitPrice: 1_000, Quantity: 2}},
			want:  Totals{Subtotal: 2_000, Tax: 380, Total: 2_380},
		},
		{
			name: "each item has its own tax class", region: "FR",
			items: []order.Item{
				{UnitPrice: 1_000, Quantity: 1},
				{UnitPrice: 1_000, Quantity: 1, TaxClass: order.TaxReduced},
				{UnitPrice: 1_000, Quantity: 1, TaxClass: order.TaxExempt},
			},
			want: Totals{Subtotal: 3_000, Tax: 200 + 55, Total: 3_255},
		},
		{
			name: "volume discount comes before tax", region: "DE",
			items: []order.Item{{UnitPrice: 100, Quantity: 10}},
			want:  Totals{Subtotal: 1_000, Discount: 40, Tax: 182, Total: 1_142},
		},
		{
			name: "volume and order discount", region: "DE",
			items: []order.Item{{UnitPrice: 10_000, Quantity: 5}},
			// 1.5 % of 500.00 is 7.50, then 2 % of 492.50 is 9.85; 19 % of 482.65.
			want: Totals{Subtotal: 50_000, Discount: 1_735, Tax: 9_170, Total: 57_435},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Quote(test.items, test.region)
			if err != nil {
				t.Fatal(err)
			}
			if got != test.want {
				t.Errorf("Quote() = %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestQuoteUnknownRegion(t *testing.T) {
	if _, err := Quote(nil, "XX"); !errors.Is(err, ErrUnknownRegion) {
		t.Errorf("Quote() error = %v, want ErrUnknownRegion", err)
	}
}

func TestPortionRoundsHalfUp(t *testing.T) {
	for amount, want := range map[order.Cents]order.Cents{0: 0, 49: 0, 50: 1, 149: 1, 150: 2} {
		if got := portion(amount, 100); got != want {
			t.Errorf("portion(%d, 1 %%) = %d, want %d", amount, got, want)
		}
	}
}

func TestDiscountForTakesTheBestStep(t *testing.T) {
	for quantity, want := range map[int64]basisPoints{4: 0, 5: 150, 9: 150, 10: 400, 99: 1000, 1_000: 1500} {
		if got := discountFor(volumeSteps, quantity); got != want {
			t.Errorf("discountFor(%d) = %d, want %d", quantity, got, want)
		}
	}
}

func BenchmarkQuote(b *testing.B) {
	items := []order.Item{{UnitPrice: 1_299, Quantity: 12}, {UnitPrice: 450, Quantity: 3, TaxClass: order.TaxReduced}}
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		if _, err := Quote(items, "DE"); err != nil {
			b.Fatal(err)
		}
	}
}
