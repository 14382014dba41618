package api

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"example.com/shop/internal/digest"
	"example.com/shop/internal/order"
	"example.com/shop/internal/pricing"
	"example.com/shop/internal/store"
)

// How many orders a list holds where the client does not say, and at most.
const (
	defaultLimit = 20
	maxLimit     = 100
)

// typicalListBytes holds the list of 40 orders without growing.
const typicalListBytes = 16 << 10

// listBody is the JSON of a list of orders.
type listBody struct {
	Orders []*orderRow `json:"orders"`
	Count  int         `json:"count"`
	Sort   string      `json:"sort"`
	Digest string      `json:"digest"`
}

// orderRow is the JSON of one order in a list.
type orderRow struct {
	ID          string `json:"id"`
	Customer    string `json:"customer"`
	Region      string `json:"region"`
	Created     string `json:"created"`
	Description string `json:"description"`
	pricing.Totals
	Digest string `json:"digest"`
}

// listOrders serves GET /orders?limit=N&sort=created|customer|total.
func (s *server) listOrders(w http.ResponseWriter, r *http.Request) error {
	by, limit, err := listParameters(r.URL.Query())
	if err != nil {
		return err
	}
	orders, err := s.store.List(r.Context(), by, limit)
	if err != nil {
		return err
	}
	var list summarizer
	rows, err := convert(orders, list.summarize)
	if err != nil {
		return err
	}
	sum := digest.Combine(list.sums)
	if notModified(w, r, sum.ETag()) {
		return nil
	}
	return writeJSONSized(w, http.StatusOK, listBody{
		Orders: rows,
		Count:  len(rows),
		Sort:   string(by),
		Digest: sum.String(),
	}, typicalListBytes)
}

// listParameters returns what the query of GET /orders asks for.
func listParameters(query url.Values) (by store.Sort, limit int, err error) {
	by, limit = store.SortCreated, defaultLimit
	if text := query.Get("sort"); text != "" {
		by = store.Sort(text)
	}
	if text := query.Get("limit"); text != "" {
		limit, err = strconv.Atoi(text)
		if err != nil || limit < 1 || limit > maxLimit {
			message := fmt.Sprintf("limit is not a number between 1 and %d", maxLimit)
			return "", 0, &badRequest{http.StatusBadRequest, message, err}
		}
	}
	return by, limit, nil
}

// summarizer makes the rows of one list.
type summarizer struct {
	sums []digest.Sum // of each row its id and its checksum
	line []byte       // reused for the description of each row
}

// summarize returns the row of an order.
func (s *summarizer) summarize(o *order.Order) (*orderRow, error) {
	totals, err := pricing.Quote(o.Items, o.Region)
	if err != nil {
		return nil, fmt.Errorf("price of %s: %w", o.ID, err)
	}
	sum := digest.Items(o.Items)
	s.sums = append(s.sums, digest.Sum(o.ID), sum)
	s.line = appendDescription(s.line[:0], o.Items)
	return &orderRow{
		ID:          o.ID.String(),
		Customer:    o.Customer,
		Region:      o.Region,
		Created:     o.Created.Format(order.TimeLayout),
		Description: string(s.line),
		Totals:      totals,
		Digest:      sum.String(),
	}, nil
}

// appendDescription appends the items in words, such as "2 x Sencha, 1 x Glass
// cup".
func appendDescription(line []byte, items []order.Item) []byte {
	for i := range items {
		item := &items[i]
		if i > 0 {
			line = append(line, ", "...)
		}
		line = strconv.AppendInt(line, int64(item.Quantity), 10)
		line = append(line, " x "...)
		line = append(line, item.Name...)
	}
	return line
}

// convert returns what to makes of each element, up to its first error.
func convert[From, To any](elements []From, to func(From) (To, error)) ([]To, error) {
	converted := make([]To, len(elements))
	for i, element := range elements {
		result, err := to(element)
		if err != nil {
			return nil, fmt.Errorf("element %d of %d: %w", i, len(elements), err)
		}
		converted[i] = result
	}
	return converted, nil
}
