package api

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.com/shop/internal/invoice"
	"example.com/shop/internal/order"
	"example.com/shop/internal/store"
)

const draftJSON = `{"customer":"Zoe","region":"DE","items":[{"sku":"tea-sencha-0045","quantity":2}]}`

func newHandler(t testing.TB, change func(*Config)) http.Handler {
	t.Helper()
	orders, err := store.New(store.Ticking(store.Epoch, time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	invoices, err := invoice.New()
	if err != nil {
		t.Fatal(err)
	}
	config := Config{
		Build:    Build{Version: "v1.2.3", Commit: "abc", BuildTime: "today"},
		Store:    orders,
		Invoices: invoices,
		Log:      slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	if change != nil {
		change(&config)
	}
	return New(config)
}

// do serves one request and checks the status of its response.
func do(t *testing.T, h http.Handler, method, target, body string, wantStatus int) *httptest.ResponseRecorder {
	t.Helper()
	response := httptest.NewRecorder()
	h.ServeHTTP(response, httptest.NewRequest(method, target, strings.NewReader(body)))
	if response.Code != wantStatus {
		t.Fatalf("%s %s: status %d, want %d: %s", method, target, response.Code, wantStatus, response.Body)
	}
	return response
}

func decode[T any](t *testing.T, response *httptest.ResponseRecorder) T {
	t.Helper()
	var value T
	if err := json.Unmarshal(response.Body.Bytes(), &value); err != nil {
		t.Fatalf("%v: %s", err, response.Body)
	}
	return value
}

func TestHealth(t *testing.T) {
	response := do(t, newHandler(t, nil), "GET", "/healthz", "", http.StatusOK)
	if got, want := response.Body.String(), `{"status":"ok"}`+"\n"; got != want {
		t.Errorf("body = %q, want %q", got, want)
	}
}

func TestVersion(t *testing.T) {
	response := do(t, newHandler(t, nil), "GET", "/version", "", http.StatusOK)
	want := `{"version":"v1.2.3","commit":"abc","build_time":"today"}` + "\n"
	if got := response.Body.String(); got != want {
		t.Errorf("body = %q, want %q", got, want)
	}
}

func TestList(t *testing.T) {
	h := newHandler(t, nil)
	tests := []struct {
		target    string
		wantCount int
		inOrder   func(a, b *orderRow) bool
	}{
		{"/orders", defaultLimit, func(a, b *orderRow) bool { return a.Created <= b.Created }},
		{"/orders?limit=40", 40, func(a, b *orderRow) bool { return a.Created <= b.Created }},
		{"/orders?limit=100&sort=customer", 100, func(a, b *orderRow) bool { return a.Customer <= b.Customer }},
		{"/orders?sort=total&limit=1", 1, nil},
		{"/orders?sort=total", defaultLimit, func(a, b *orderRow) bool { return a.Total >= b.Total }},
	}
	for _, test := range tests {
		list := decode[listBody](t, do(t, h, "GET", test.target, "", http.StatusOK))
		if list.Count != test.wantCount || len(list.Orders) != test.wantCount {
			t.Errorf("%s: count %d, %d orders, want %d", test.target, list.Count, len(list.Orders), test.wantCount)
		}
		for i, row := range list.Orders {
			if i > 0 && !test.inOrder(list.Orders[i-1], row) {
				t.Errorf("%s: order %d is out of sequence", test.target, i)
			}
			if row.Total != row.Subtotal-row.Discount+row.Tax {
				t.Errorf("%s: the amounts of %s do not add up: %+v", test.target, row.ID, row.Totals)
			}
		}
	}
}

func TestListRow(t *testing.T) {
	h := newHandler(t, nil)
	do(t, h, "POST", "/orders", draftJSON, http.StatusCreated)
	list := decode[listBody](t, do(t, h, "GET", "/orders?sort=customer&limit=100", "", http.StatusOK))
	detail := decode[orderBody](t, do(t, h, "GET", "/orders/"+list.Orders[0].ID, "", http.StatusOK))
	if list.Orders[0].Digest != detail.Digest || list.Orders[0].Totals != detail.Totals {
		t.Errorf("list says %+v, order says %+v", list.Orders[0], detail)
	}
}

func TestAppendDescription(t *testing.T) {
	items := []order.Item{{Name: "Sencha", Quantity: 12}, {Name: "Glass cup", Quantity: 1}}
	if got, want := string(appendDescription(nil, items)), "12 x Sencha, 1 x Glass cup"; got != want {
		t.Errorf("appendDescription() = %q, want %q", got, want)
	}
}

func TestListFitsItsBuffer(t *testing.T) {
	response := do(t, newHandler(t, nil), "GET", "/orders?limit=40", "", http.StatusOK)
	if response.Body.Len() > typicalListBytes {
		t.Errorf("40 orders are %d bytes, and the buffer has %d", response.Body.Len(), typicalListBytes)
	}
}

func TestListEntityTag(t *testing.T) {
	h := newHandler(t, nil)
	const target = "/orders?sort=customer&limit=100"
	etag := do(t, h, "GET", target, "", http.StatusOK).Header().Get("ETag")
	again := func(wantStatus int) {
		t.Helper()
		request := httptest.NewRequest("GET", target, nil)
		request.Header.Set("If-None-Match", etag)
		response := httptest.NewRecorder()
		h.ServeHTTP(response, request)
		if response.Code != wantStatus {
			t.Errorf("status %d with If-None-Match %s, want %d", response.Code, etag, wantStatus)
		}
	}
	again(http.StatusNotModified)
	ada := strings.Replace(draftJSON, "Zoe", "Ada", 1)
	do(t, h, "POST", "/orders", ada, http.StatusCreated)
	again(http.StatusOK)
}

func TestCreateThenGet(t *testing.T) {
	h := newHandler(t, nil)
	created := do(t, h, "POST", "/orders", draftJSON, http.StatusCreated)
	location := created.Header().Get("Location")
	got := do(t, h, "GET", location, "", http.StatusOK)
	if got.Body.String() != created.Body.String() || got.Header().Get("ETag") != created.Header().Get("ETag") {
		t.Errorf("GET %s = %s, created was %s", location, got.Body, created.Body)
	}
	body := decode[orderBody](t, got)
	if body.Customer != "Zoe" || len(body.Items) != 1 || body.Items[0].Total != 2_780 || body.Total != 2_975 {
		t.Errorf("order = %+v", body)
	}
}

func TestInvoice(t *testing.T) {
	h := newHandler(t, nil)
	location := do(t, h, "POST", "/orders", draftJSON, http.StatusCreated).Header().Get("Location")
	response := do(t, h, "GET", location+"/invoice", "", http.StatusOK)
	if got, want := response.Header().Get("Content-Type"), "text/html; charset=utf-8"; got != want {
		t.Errorf("Content-Type = %q, want %q", got, want)
	}
	if !strings.Contains(response.Body.String(), "<strong>29.75</strong>") {
		t.Errorf("no total in the invoice: %s", response.Body)
	}
}

func TestRefusals(t *testing.T) {
	h := newHandler(t, nil)
	tests := []struct {
		name, method, target, body string
		wantStatus                 int
		wantText                   string
	}{
		{"limit is no number", "GET", "/orders?limit=many", "", 400, "limit is not a number between 1 and 100"},
		{"limit too large", "GET", "/orders?limit=101", "", 400, "limit is not a number between 1 and 100"},
		{"unknown sort", "GET", "/orders?sort=weight", "", 400, "unknown sort"},
		{"bad id", "GET", "/orders/42", "", 404, "not an order id"},
		{"unknown id", "GET", "/orders/ord-99999999", "", 404, "no such order"},
		{"invoice of unknown id", "GET", "/orders/ord-99999999/invoice", "", 404, "no such order"},
		{"no such method", "DELETE", "/orders/ord-00000001", "", 405, "Method Not Allowed"},
		{"not JSON", "POST", "/orders", "customer=Zoe", 400, "request body is not an order"},
		{"unknown field", "POST", "/orders", `{"note":"x"}`, 400, "unknown field"},
		{"two values", "POST", "/orders", draftJSON + "{}", 400, "more than one JSON value"},
		{"too large", "POST", "/orders", `{"customer":"` + strings.Repeat("x", maxBodyBytes) + `"}`, 413, "too large"},
		{"invalid", "POST", "/orders", `{}`, 422, `{"field":"customer","message":"is missing"}`},
		{"unknown SKU", "POST", "/orders", strings.Replace(draftJSON, "tea-", "anvil-", 1), 422, "unknown SKU"},
		{"unknown region", "POST", "/orders", strings.Replace(draftJSON, "DE", "XX", 1), 422, "unknown region"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			response := do(t, h, test.method, test.target, test.body, test.wantStatus)
			if !strings.Contains(response.Body.String(), test.wantText) {
				t.Errorf("body = %s, want %q in it", response.Body, test.wantText)
			}
		})
	}
}

func TestCancelledRequest(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	response := httptest.NewRecorder()
	newHandler(t, nil).ServeHTTP(response, httptest.NewRequest("GET", "/orders", nil).WithContext(ctx))
	if response.Code != http.StatusServiceUnavailable {
		t.Errorf("status %d, want %d", response.Code, http.StatusServiceUnavailable)
	}
}

// The performance gate relies on both: the same requests get the same answers,
// and creating orders does not change what the first page of a list costs.
func TestResponsesAreDeterministic(t *testing.T) {
	one, other := newHandler(t, nil), newHandler(t, nil)
	firstPage := do(t, one, "GET", "/orders?limit=40", "", http.StatusOK).Body.String()
	for i := 0; i < 2*store.RecentOrders; i++ {
		a := do(t, one, "POST", "/orders", draftJSON, http.StatusCreated)
		b := do(t, other, "POST", "/orders", draftJSON, http.StatusCreated)
		if a.Body.String() != b.Body.String() {
			t.Fatalf("create %d: %s and %s", i, a.Body, b.Body)
		}
	}
	if got := do(t, one, "GET", "/orders?limit=40", "", http.StatusOK).Body.String(); got != firstPage {
		t.Errorf("first page after many creates = %s, was %s", got, firstPage)
	}
}

func BenchmarkList(b *testing.B) {
	h := newHandler(b, nil)
	request := httptest.NewRequest("GET", "/orders?limit=40", nil)
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		h.ServeHTTP(httptest.NewRecorder(), request)
	}
}
