package invoice

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"example.com/shop/internal/order"
	"example.com/shop/internal/pricing"
)

func newRenderer(t *testing.T) *Renderer {
	t.Helper()
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func testOrder() *order.Order {
	return &order.Order{
		ID:       7,
		Customer: "Ada <Lovelace>",
		Region:   "DE",
		Created:  time.Date(2024, time.March, 1, 8, 0, 0, 0, time.UTC),
		Items:    []order.Item{{SKU: "cup-glass-0201", Name: "Glass cup", UnitPrice: 890, Quantity: 10}},
	}
}

func TestRender(t *testing.T) {
	var html strings.Builder
	if err := newRenderer(t).Render(&html, testOrder()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"<title>Invoice ord-00000007</title>",
		"<p>Ada &lt;Lovelace&gt;, DE<br>2024-03-01T08:00:00Z</p>",
		"<tr><td>1<td>Glass cup<td>cup-glass-0201<td>10<td>8.90<td>89.00</tr>",
		`<tr><td colspan="5">Discount<td>-3.56</tr>`,
		`<tr><td colspan="5">Tax<td>16.23</tr>`,
		"<strong>101.67</strong>",
	} {
		if !strings.Contains(html.String(), want) {
			t.Errorf("invoice lacks %s:\n%s", want, html.String())
		}
	}
}

func TestRenderWithoutDiscount(t *testing.T) {
	o := testOrder()
	o.Items[0].Quantity = 1
	var html strings.Builder
	if err := newRenderer(t).Render(&html, o); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(html.String(), "Discount") {
		t.Errorf("invoice has a discount of nothing:\n%s", html.String())
	}
}

func TestRenderUnknownRegion(t *testing.T) {
	o := testOrder()
	o.Region = "XX"
	if err := newRenderer(t).Render(io.Discard, o); !errors.Is(err, pricing.ErrUnknownRegion) {
		t.Errorf("Render() error = %v, want ErrUnknownRegion", err)
	}
}

type brokenWriter struct{ err error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.err }

func TestRenderTellsWriteErrors(t *testing.T) {
	full := errors.New("disk full")
	if err := newRenderer(t).Render(brokenWriter{full}, testOrder()); !errors.Is(err, full) {
		t.Errorf("Render() error = %v, want %v", err, full)
	}
}

func BenchmarkRender(b *testing.B) {
	r, err := New()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		if err := r.Render(io.Discard, testOrder()); err != nil {
			b.Fatal(err)
		}
	}
}
