// Package zones says how far away a country is, and what a parcel to it costs.
// The table is made from zones.csv by `make build`.
package zones

import "fmt"

// Price is that of a parcel in cents: a base by zone and a step for each
// begun half kilogram.
func Price(country string, grams int) (int, error) {
	zone, ok := byCountry[country]
	if !ok {
		return 0, fmt.Errorf("no parcels to %q", country)
	}
	if grams < 1 || grams > 20_000 {
		return 0, fmt.Errorf("no parcels of %d g", grams)
	}
	steps := (grams + 499) / 500
	return 390*zone + 85*zone*steps, nil
}
