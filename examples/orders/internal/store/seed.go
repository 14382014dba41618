package store

import (
	"math/rand/v2"

	"example.com/shop/internal/order"
)

// products returns what the shop sells, ascending by SKU.
func products() []order.Product {
	return []order.Product{
		{SKU: "bag-linen-0410", Name: "Linen bag", Price: 1_490},
		{SKU: "book-brewing-0133", Name: "The Art of Brewing", Price: 2_800, TaxClass: order.TaxReduced},
		{SKU: "book-teahouse-0127", Name: "Tea Houses of Kyoto", Price: 4_200, TaxClass: order.TaxReduced},
		{SKU: "caddy-tin-0250", Name: "Tin caddy 250 g", Price: 1_150},
		{SKU: "cup-glass-0201", Name: "Glass cup", Price: 890},
		{SKU: "cup-porcelain-0205", Name: "Porcelain cup", Price: 1_690},
		{SKU: "filter-paper-0100", Name: "Paper filters (100)", Price: 390},
		{SKU: "gift-card-0025", Name: "Gift card 25", Price: 2_500, TaxClass: order.TaxExempt},
		{SKU: "gift-card-0100", Name: "Gift card 100", Price: 10_000, TaxClass: order.TaxExempt},
		{SKU: "kettle-copper-0900", Name: "Copper kettle", Price: 18_900},
		{SKU: "kettle-steel-0902", Name: "Steel kettle", Price: 6_490},
		{SKU: "pot-cast-iron-0705", Name: "Cast iron pot", Price: 8_990},
		{SKU: "pot-glass-0701", Name: "Glass pot", Price: 3_990},
		{SKU: "scale-pocket-0810", Name: "Pocket scale", Price: 2_990},
		{SKU: "tea-assam-0031", Name: "Assam Mokalbari", Price: 1_250, TaxClass: order.TaxReduced},
		{SKU: "tea-darjeeling-0033", Name: "Darjeeling First Flush", Price: 2_450, TaxClass: order.TaxReduced},
		{SKU: "tea-earl-grey-0035", Name: "Earl Grey", Price: 990, TaxClass: order.TaxReduced},
		{SKU: "tea-genmaicha-0041", Name: "Genmaicha", Price: 1_190, TaxClass: order.TaxReduced},
		{SKU: "tea-gyokuro-0043", Name: "Gyokuro", Price: 4_900, TaxClass: order.TaxReduced},
		{SKU: "tea-oolong-0052", Name: "Milky Oolong", Price: 1_790, TaxClass: order.TaxReduced},
		{SKU: "tea-puerh-0058", Name: "Pu'erh 2015", Price: 5_600, TaxClass: order.TaxReduced},
		{SKU: "tea-sencha-0045", Name: "Sencha", Price: 1_390, TaxClass: order.TaxReduced},
		{SKU: "whisk-bamboo-0330", Name: "Bamboo whisk", Price: 1_980},
	}
}

var seedCustomers = []string{
	"Ada Lovelace", "Alan Turing", "Barbara Liskov", "Claude Shannon", "Donald Knuth",
	"Edsger Dijkstra", "Frances Allen", "Grace Hopper", "John Backus", "Katherine Johnson",
	"Margaret Hamilton", "Niklaus Wirth", "Radia Perlman", "Robin Milner", "Tony Hoare",
}

var seedRegions = []string{"AT", "CH", "DE", "ES", "FR", "IE", "NL", "SE"}

// seedDrafts returns n drafts, the same ones every time.
func seedDrafts(products []order.Product, n int) []order.Draft {
	random := rand.New(rand.NewPCG(2024, 3))
	drafts := make([]order.Draft, n)
	for i := range drafts {
		items := make([]order.DraftItem, 1+random.IntN(4))
		for j, p := range random.Perm(len(products))[:len(items)] {
			items[j] = order.DraftItem{SKU: products[p].SKU, Quantity: 1 + random.IntN(30)}
		}
		drafts[i] = order.Draft{
			Customer: seedCustomers[random.IntN(len(seedCustomers))],
			Region:   seedRegions[random.IntN(len(seedRegions))],
			Items:    items,
		}
	}
	return drafts
}

// shuffleTimes deals the times of the orders out anew: these came from several
// shops and were imported in no particular sequence.
func shuffleTimes(orders []*order.Order) {
	random := rand.New(rand.NewPCG(2024, 4))
	random.Shuffle(len(orders), func(i, j int) {
		orders[i].Created, orders[j].Created = orders[j].Created, orders[i].Created
	})
}
