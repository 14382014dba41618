package api

import (
	"bytes"
	"net/http"

	"example.com/shop/internal/order"
)

// typicalInvoiceBytes holds an invoice without growing.
const typicalInvoiceBytes = 2 << 10

// getOrder serves GET /orders/{id}.
func (s *server) getOrder(w http.ResponseWriter, r *http.Request) error {
	o, err := s.findOrder(r)
	if err != nil {
		return err
	}
	body, sum, err := newOrderBody(o)
	if err != nil {
		return err
	}
	if notModified(w, r, sum.ETag()) {
		return nil
	}
	return writeJSON(w, http.StatusOK, body)
}

// createOrder serves POST /orders.
func (s *server) createOrder(w http.ResponseWriter, r *http.Request) error {
	var draft order.Draft
	if err := readJSON(r, &draft); err != nil {
		return err
	}
	if err := draft.Validate(); err != nil {
		return err
	}
	o, err := s.store.Create(r.Context(), &draft)
	if err != nil {
		return err
	}
	body, sum, err := newOrderBody(o)
	if err != nil {
		return err
	}
	w.Header().Set("Location", "/orders/"+body.ID)
	w.Header().Set("ETag", sum.ETag())
	return writeJSON(w, http.StatusCreated, body)
}

// getInvoice serves GET /orders/{id}/invoice.
func (s *server) getInvoice(w http.ResponseWriter, r *http.Request) error {
	o, err := s.findOrder(r)
	if err != nil {
		return err
	}
	page := bytes.NewBuffer(make([]byte, 0, typicalInvoiceBytes))
	if err := s.invoices.Render(page, o); err != nil {
		return err
	}
	send(w, http.StatusOK, "text/html; charset=utf-8", page.Bytes())
	return nil
}

// findOrder returns the order that the path of the request names.
func (s *server) findOrder(r *http.Request) (*order.Order, error) {
	id, err := order.ParseID(r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return s.store.Get(r.Context(), id)
}
