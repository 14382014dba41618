// Package invoice renders the invoice of an order as an HTML page.
package invoice

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"example.com/shop/internal/digest"
	"example.com/shop/internal/order"
	"example.com/shop/internal/pricing"
)

//go:embed invoice.html.tmpl
var source string

// Renderer renders invoices. It is safe for concurrent use.
type Renderer struct {
	page *template.Template
}

// page is what the template sees.
type page struct {
	Number   string
	Customer string
	Region   string
	Date     string
	Lines    []line
	Totals   pricing.Totals
	Checksum string
}

type line struct {
	Position  int
	Name      string
	SKU       string
	Quantity  int
	UnitPrice order.Cents
	Total     order.Cents
}

// New returns a Renderer. It renders an example, because html/template finds
// out only then whether a template can be escaped: a broken one fails here
// and not at the first request.
func New() (*Renderer, error) {
	tmpl, err := template.New("invoice").Parse(source)
	if err != nil {
		return nil, fmt.Errorf("parse invoice template: %w", err)
	}
	example := page{Lines: []line{{}}, Totals: pricing.Totals{Discount: 1}}
	if err := tmpl.Execute(io.Discard, example); err != nil {
		return nil, fmt.Errorf("try invoice template: %w", err)
	}
	return &Renderer{page: tmpl}, nil
}

// Render writes the invoice of an order. After an error w may have got a part
// of it.
func (r *Renderer) Render(w io.Writer, o *order.Order) error {
	totals, err := pricing.Quote(o.Items, o.Region)
	if err != nil {
		return fmt.Errorf("invoice of %s: %w", o.ID, err)
	}
	lines := make([]line, len(o.Items))
	for i := range o.Items {
		item := &o.Items[i]
		lines[i] = line{
			Position:  i + 1,
			Name:      item.Name,
			SKU:       item.SKU,
			Quantity:  item.Quantity,
			UnitPrice: item.UnitPrice,
			Total:     pricing.LineTotal(item),
		}
	}
	err = r.page.Execute(w, page{
		Number:   o.ID.String(),
		Customer: o.Customer,
		Region:   o.Region,
		Date:     o.Created.Format(order.TimeLayout),
		Lines:    lines,
		Totals:   totals,
		Checksum: digest.Items(o.Items).String(),
	})
	if err != nil {
		return fmt.Errorf("invoice of %s: %w", o.ID, err)
	}
	return nil
}
