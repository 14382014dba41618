package api

import (
	"fmt"

	"example.com/shop/internal/digest"
	"example.com/shop/internal/order"
	"example.com/shop/internal/pricing"
)

// orderBody is the JSON of one order with its items.
type orderBody struct {
	ID       string    `json:"id"`
	Customer string    `json:"customer"`
	Region   string    `json:"region"`
	Created  string    `json:"created"`
	Items    []itemRow `json:"items"`
	pricing.Totals
	Digest string `json:"digest"`
}

// itemRow is the JSON of one item of an order.
type itemRow struct {
	SKU       string      `json:"sku"`
	Name      string      `json:"name"`
	UnitPrice order.Cents `json:"unit_price_cents"`
	Quantity  int         `json:"quantity"`
	Total     order.Cents `json:"total_cents"`
}

// newOrderBody returns the JSON of an order, and its checksum.
func newOrderBody(o *order.Order) (orderBody, digest.Sum, error) {
	totals, err := pricing.Quote(o.Items, o.Region)
	if err != nil {
		return orderBody{}, 0, fmt.Errorf("price of %s: %w", o.ID, err)
	}
	items := make([]itemRow, len(o.Items))
	for i := range o.Items {
		item := &o.Items[i]
		items[i] = itemRow{
			SKU:       item.SKU,
			Name:      item.Name,
			UnitPrice: item.UnitPrice,
			Quantity:  item.Quantity,
			Total:     pricing.LineTotal(item),
		}
	}
	sum := digest.Items(o.Items)
	return orderBody{
		ID:       o.ID.String(),
		Customer: o.Customer,
		Region:   o.Region,
		Created:  o.Created.Format(order.TimeLayout),
		Items:    items,
		Totals:   totals,
		Digest:   sum.String(),
	}, sum, nil
}
