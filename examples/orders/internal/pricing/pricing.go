// Package pricing turns the items of an order into what is to be paid: volume
// discounts, the discount on large orders, and the tax of the region. All
// amounts are integer cents; every rounding is half away from zero and happens
// once per item, so that the parts always add up to the total.
package pricing

import (
	"errors"
	"fmt"

	"example.com/shop/internal/order"
)

// ErrUnknownRegion is wrapped where there is no tax rate for a region.
var ErrUnknownRegion = errors.New("unknown region")

// basisPoints are hundredths of a percent.
type basisPoints int64

// step is a discount and the quantity or amount from which it is given.
type step struct {
	from     int64
	discount basisPoints
}

// Both tables descend, so that the first step that applies is the best one.
var (
	volumeSteps = []step{{100, 1500}, {50, 1000}, {25, 700}, {10, 400}, {5, 150}}
	orderSteps  = []step{{500_000, 500}, {100_000, 300}, {50_000, 200}, {20_000, 100}}
)

// region holds the tax rates of a region by order.TaxClass.
type region struct {
	code  string
	rates [3]basisPoints
}

var regions = []region{
	{"AT", [...]basisPoints{2000, 1000, 0}},
	{"CH", [...]basisPoints{810, 260, 0}},
	{"DE", [...]basisPoints{1900, 700, 0}},
	{"ES", [...]basisPoints{2100, 1000, 0}},
	{"FR", [...]basisPoints{2000, 550, 0}},
	{"IE", [...]basisPoints{2300, 1350, 0}},
	{"NL", [...]basisPoints{2100, 900, 0}},
	{"SE", [...]basisPoints{2500, 1200, 0}},
}

// Totals is the price of an order: Total = Subtotal - Discount + Tax.
type Totals struct {
	Subtotal order.Cents `json:"subtotal_cents"`
	Discount order.Cents `json:"discount_cents"`
	Tax      order.Cents `json:"tax_cents"`
	Total    order.Cents `json:"total_cents"`
}

// Quote returns the price of the items when they are sold into the region.
func Quote(items []order.Item, regionCode string) (Totals, error) {
	rates, err := taxRates(regionCode)
	if err != nil {
		return Totals{}, err
	}
	var totals Totals
	for i := range items {
		totals.Subtotal += LineTotal(&items[i])
	}
	orderDiscount := discountFor(orderSteps, int64(totals.Subtotal))
	for i := range items {
		item := &items[i]
		line := LineTotal(item)
		discount := portion(line, discountFor(volumeSteps, int64(item.Quantity)))
		discount += portion(line-discount, orderDiscount)
		totals.Discount += discount
		totals.Tax += portion(line-discount, rates[item.TaxClass])
	}
	totals.Total = totals.Subtotal - totals.Discount + totals.Tax
	return totals, nil
}

// LineTotal returns the price of one item before discounts and tax.
func LineTotal(item *order.Item) order.Cents {
	return item.UnitPrice * order.Cents(item.Quantity)
}

// portion returns the given part of an amount that is not negative.
func portion(amount order.Cents, part basisPoints) order.Cents {
	return (amount*order.Cents(part) + 5_000) / 10_000
}

// discountFor returns the discount of the first step that is reached.
func discountFor(steps []step, reached int64) basisPoints {
	for _, s := range steps {
		if reached >= s.from {
			return s.discount
		}
	}
	return 0
}

// taxRates returns the rates of a region by order.TaxClass.
func taxRates(code string) (*[3]basisPoints, error) {
	for i := range regions {
		if regions[i].code == code {
			return &regions[i].rates, nil
		}
	}
	return nil, fmt.Errorf("%w: %q", ErrUnknownRegion, code)
}
