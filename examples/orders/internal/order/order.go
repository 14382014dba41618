// Package order holds the words that the other packages share: what an order,
// an item and a product are, how an order is numbered, and which drafts may
// become an order. It knows nothing of prices beyond the unit price, and
// nothing of HTTP or storage.
package order

import "time"

// TimeLayout is how a time is written wherever an order is shown. Its width is
// fixed, as all times are UTC and without fractions of a second.
const TimeLayout = "2006-01-02T15:04:05Z"

// TaxClass says which of a region's tax rates a product falls under.
type TaxClass uint8

// The tax classes.
const (
	TaxStandard TaxClass = iota
	TaxReduced
	TaxExempt
)

// Product is what the shop sells.
type Product struct {
	SKU      string
	Name     string
	Price    Cents
	TaxClass TaxClass
}

// Item is one position of an order: a product, as it was when the order was
// placed, and how many of it.
type Item struct {
	SKU       string
	Name      string
	UnitPrice Cents
	TaxClass  TaxClass
	Quantity  int
}

// Order is an order as it was placed. It is shared between requests and must
// not be modified.
type Order struct {
	ID       ID
	Customer string
	Region   string
	Created  time.Time
	Items    []Item
	// Total is what the customer pays. It is kept because orders are sorted by
	// it; its parts follow from Items and are not kept.
	Total Cents
}
