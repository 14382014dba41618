package order

import "strconv"

// Cents is an amount of money in hundredths of the currency unit.
type Cents int64

// String returns the amount in units with two decimals, such as "-12.05".
func (c Cents) String() string {
	var scratch [24]byte
	text := scratch[:0]
	if c < 0 {
		text = append(text, '-')
		c = -c
	}
	text = strconv.AppendInt(text, int64(c/100), 10)
	text = append(text, '.', byte('0'+c/10%10), byte('0'+c%10))
	return string(text)
}
