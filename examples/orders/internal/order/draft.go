package order

import (
	"fmt"
	"strings"
)

// What a draft may hold at most.
const (
	MaxCustomerLength = 64
	MaxItems          = 20
	MaxQuantity       = 999
)

// Draft is an order that somebody wishes to place.
type Draft struct {
	Customer string      `json:"customer"`
	Region   string      `json:"region"`
	Items    []DraftItem `json:"items"`
}

// DraftItem is one position of a Draft.
type DraftItem struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

// Problem is one thing that is wrong with one field of a draft.
type Problem struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// InvalidError says everything that is wrong with a draft.
type InvalidError struct {
	Problems []Problem
}

func (e *InvalidError) Error() string {
	texts := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		texts[i] = p.Field + " " + p.Message
	}
	return "invalid order: " + strings.Join(texts, "; ")
}

func (e *InvalidError) add(field, format string, args ...any) {
	e.Problems = append(e.Problems, Problem{Field: field, Message: fmt.Sprintf(format, args...)})
}

// Validate returns nil, or an *InvalidError with all problems of the draft
// that show without knowing the products and regions of the shop.
func (d *Draft) Validate() error {
	var invalid InvalidError
	switch {
	case strings.TrimSpace(d.Customer) == "":
		invalid.add("customer", "is missing")
	case len(d.Customer) > MaxCustomerLength:
		invalid.add("customer", "is longer than %d bytes", MaxCustomerLength)
	}
	if d.Region == "" {
		invalid.add("region", "is missing")
	}
	switch {
	case len(d.Items) == 0:
		invalid.add("items", "is empty")
	case len(d.Items) > MaxItems:
		invalid.add("items", "has more than %d entries", MaxItems)
	}
	for i, item := range d.Items {
		if item.SKU == "" {
			invalid.add(fmt.Sprintf("items[%d].sku", i), "is missing")
		}
		if item.Quantity < 1 || item.Quantity > MaxQuantity {
			invalid.add(fmt.Sprintf("items[%d].quantity", i), "is not between 1 and %d", MaxQuantity)
		}
	}
	if len(invalid.Problems) > 0 {
		return &invalid
	}
	return nil
}
