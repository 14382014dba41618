package order

import (
	"errors"
	"strings"
	"testing"
)

func TestCentsString(t *testing.T) {
	for cents, want := range map[Cents]string{
		0: "0.00", 5: "0.05", 99: "0.99", 100: "1.00", 123456: "1234.56", -1205: "-12.05",
	} {
		if got := cents.String(); got != want {
			t.Errorf("Cents(%d).String() = %q, want %q", int64(cents), got, want)
		}
	}
}

func TestIDRoundTrip(t *testing.T) {
	for _, id := range []ID{1, 42, 99_999_999} {
		got, err := ParseID(id.String())
		if err != nil || got != id {
			t.Errorf("ParseID(%q) = %d, %v, want %d", id.String(), got, err, id)
		}
	}
	if got := ID(42).String(); got != "ord-00000042" {
		t.Errorf("ID(42).String() = %q", got)
	}
}

func TestParseIDRefuses(t *testing.T) {
	for _, text := range []string{"", "42", "ord-42", "ord-0000004x", "ord-000000042", "xrd-00000042"} {
		if _, err := ParseID(text); !errors.Is(err, ErrBadID) {
			t.Errorf("ParseID(%q) = %v, want ErrBadID", text, err)
		}
	}
}

func TestValidateAccepts(t *testing.T) {
	draft := Draft{Customer: "Ada", Region: "DE", Items: []DraftItem{{SKU: "tea-0001", Quantity: 1}}}
	if err := draft.Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
}

func TestValidateTellsEverythingAtOnce(t *testing.T) {
	draft := Draft{Customer: "  ", Items: []DraftItem{{SKU: "", Quantity: 1}, {SKU: "tea-0001", Quantity: 1000}}}
	var invalid *InvalidError
	if err := draft.Validate(); !errors.As(err, &invalid) {
		t.Fatalf("Validate() = %v, want an *InvalidError", err)
	}
	var fields []string
	for _, p := range invalid.Problems {
		fields = append(fields, p.Field)
	}
	const want = "customer region items[0].sku items[1].quantity"
	if got := strings.Join(fields, " "); got != want {
		t.Errorf("fields = %q, want %q", got, want)
	}
}

func TestValidateBounds(t *testing.T) {
	draft := Draft{
		Customer: strings.Repeat("x", MaxCustomerLength+1),
		Region:   "DE",
		Items:    make([]DraftItem, MaxItems+1),
	}
	for i := range draft.Items {
		draft.Items[i] = DraftItem{SKU: "tea-0001", Quantity: MaxQuantity}
	}
	const want = "invalid order: customer is longer than 64 bytes; items has more than 20 entries"
	if err := draft.Validate(); err == nil || err.Error() != want {
		t.Errorf("Validate() = %v, want %q", err, want)
	}
}
