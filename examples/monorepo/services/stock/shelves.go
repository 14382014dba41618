package main

import (
	"fmt"
	"sync"
)

// line is so many of one product.
type line struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

// level is what lies on one shelf.
type level struct {
	SKU      string `json:"sku"`
	Free     int    `json:"free"`
	Reserved int    `json:"reserved"`
}

// shelves are filled up again as soon as they are empty, so that the same
// requests get the same answers for ever.
type shelves struct {
	mu    sync.Mutex
	bySKU map[string]*level
}

const full = 1000

func newShelves(products int) *shelves {
	s := &shelves{bySKU: make(map[string]*level, products)}
	for i := range products {
		sku := fmt.Sprintf("tea-%04d", i)
		s.bySKU[sku] = &level{SKU: sku, Free: full}
	}
	return s
}

func (s *shelves) level(sku string) (level, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.bySKU[sku]
	if !ok {
		return level{}, false
	}
	return *found, true
}

// reserve takes all lines or none; it returns the products that there are not
// enough of.
func (s *shelves) reserve(lines []line) (missing []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range lines {
		if shelf, ok := s.bySKU[l.SKU]; !ok || l.Quantity < 1 || l.Quantity > full {
			missing = append(missing, l.SKU)
		} else if shelf.Free < l.Quantity {
			*shelf = level{SKU: l.SKU, Free: full}
		}
	}
	if len(missing) > 0 {
		return missing
	}
	for _, l := range lines {
		shelf := s.bySKU[l.SKU]
		shelf.Free -= l.Quantity
		shelf.Reserved += l.Quantity
	}
	return nil
}
