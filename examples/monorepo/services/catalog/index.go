package main

import (
	"fmt"
	"sort"
	"strings"
)

// product is one article that can be bought.
type product struct {
	SKU   string `json:"sku"`
	Name  string `json:"name"`
	Cents int    `json:"cents"`
}

// index finds products by the beginnings of the words of their names.
type index struct {
	bySKU map[string]product
	words []entry // sorted by word
}

type entry struct {
	word string
	sku  string
}

func newIndex(all []product) *index {
	idx := &index{bySKU: make(map[string]product, len(all))}
	for _, p := range all {
		idx.bySKU[p.SKU] = p
		for _, word := range strings.Fields(strings.ToLower(p.Name)) {
			idx.words = append(idx.words, entry{word, p.SKU})
		}
	}
	sort.Slice(idx.words, func(i, j int) bool {
		a, b := idx.words[i], idx.words[j]
		return a.word < b.word || a.word == b.word && a.sku < b.sku
	})
	return idx
}

// find returns at most limit products with words that begin as all those of
// the query do, ordered by SKU.
func (idx *index) find(query string, limit int) []product {
	found := make([]product, 0, limit)
	var skus map[string]bool
	for _, prefix := range strings.Fields(strings.ToLower(query)) {
		skus = idx.withPrefix(prefix, skus)
	}
	ordered := make([]string, 0, len(skus))
	for sku := range skus {
		ordered = append(ordered, sku)
	}
	sort.Strings(ordered)
	for _, sku := range ordered[:min(limit, len(ordered))] {
		found = append(found, idx.bySKU[sku])
	}
	return found
}

// withPrefix returns the SKUs with such a word, of those in among where that
// is not nil.
func (idx *index) withPrefix(prefix string, among map[string]bool) map[string]bool {
	first := sort.Search(len(idx.words), func(i int) bool { return idx.words[i].word >= prefix })
	skus := make(map[string]bool)
	for _, e := range idx.words[first:] {
		if !strings.HasPrefix(e.word, prefix) {
			break
		}
		if among == nil || among[e.sku] {
			skus[e.sku] = true
		}
	}
	return skus
}

// products are the same ones in every process, so that every run does the same
// work.
func products() []product {
	kinds := []string{"sencha", "assam", "oolong", "rooibos", "darjeeling", "matcha", "jasmine", "earl grey"}
	packs := []string{"tin", "bag", "box", "sampler"}
	all := make([]product, 0, 4*len(kinds)*len(packs))
	for year := 2021; year <= 2024; year++ {
		for _, kind := range kinds {
			for _, pack := range packs {
				n := len(all)
				all = append(all, product{
					SKU:   fmt.Sprintf("tea-%04d", n),
					Name:  fmt.Sprintf("%s %s harvest %d", kind, pack, year),
					Cents: 450 + 37*(n%23),
				})
			}
		}
	}
	return all
}
