package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"strings"
	"testing"
)

// The agent is part of a service, whose main function this stands for.
func main() {}

func TestHandle(t *testing.T) {
	post := func(path, headers, body string) string {
		return "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n" + body
	}
	length := func(n int) string { return fmt.Sprintf("Content-Length: %d\r\n", n) }
	const chunked = "Transfer-Encoding: chunked\r\n"
	for _, test := range []struct {
		name, request string
		status        int
		unread        bool
		body          string // a part of it
	}{
		{"what it is asked", "GET /info HTTP/1.1\r\nHost: a\r\n\r\n", 200, false, `"agent":1`},
		{"a body in chunks", post("/resolve", chunked, "2\r\n0\n\r\n0\r\n\r\n"), 200, false, `"stacks":[[]]`},
		{"no body", post("/resolve", length(0), ""), 200, false, `"stacks":[]`},
		{"parameters of which one is unknown", post("/gc?times=0&more=1", length(0), ""), 200, false, `"numGC":`},
		{"another method", post("/info", length(0), ""), 405, false, "/info wants GET, not POST"},
		{"no endpoint", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 404, false, "no such endpoint: /"},
		{"a path that looks like a profile", "GET /profile/../info HTTP/1.1\r\nHost: a\r\n\r\n", 404, false, "no such profile: ../info"},
		{"half a request", "GET /info HTTP/1.1\r\nHost: a\r\n", 400, true, "not an HTTP request: unexpected EOF"},
		{"half a body", post("/resolve", length(10), "0\n"), 400, true, "the body could not be read: unexpected EOF"},
		{"a body too long", post("/resolve", length(perfGateMaxBodyBytes+1), "0\n"), 413, true, "more than 67108864 bytes"},
		{"a negative length", post("/resolve", length(-1), "0\n"), 400, true, "not an HTTP request"},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer := perfGateHandle(bufio.NewReader(strings.NewReader(test.request)))
			if answer.status != test.status || answer.unread != test.unread || !strings.Contains(string(answer.body), test.body) {
				t.Errorf("got %d, unread %v: %s", answer.status, answer.unread, answer.body)
			}
		})
	}
}

func TestHandleAnswersAPanic(t *testing.T) {
	answer := perfGateHandle(nil)
	if answer.status != 500 || !answer.unread || !strings.HasPrefix(string(answer.body), "panic: ") {
		t.Errorf("got %d, unread %v: %s", answer.status, answer.unread, answer.body)
	}
}

func TestServeAnswersOneRequestAndEnds(t *testing.T) {
	client, server := net.Pipe()
	go perfGateServe(server)
	go io.WriteString(client, "POST /gc?times=0 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
	input := bufio.NewReader(client)
	response, err := http.ReadResponse(input, nil)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != 200 || response.ContentLength != int64(len(body)) || !response.Close {
		t.Errorf("got %s with %d bytes, close %v: %s, %v", response.Status, response.ContentLength, response.Close, body, err)
	}
	if got := response.Header.Get("Content-Type"); got != "application/json" {
		t.Errorf("got the type %q", got)
	}
	if rest, err := io.ReadAll(input); len(rest) > 0 || err != nil {
		t.Errorf("got more: %q, %v", rest, err)
	}
}

func TestInteger(t *testing.T) {
	const missing = "\x00"
	for _, test := range []struct {
		given         string
		least, most   int64
		want          int64
		errorContains string
	}{
		{given: missing, least: 0, most: 100, want: 7},
		{given: "0", least: 0, most: 100, want: 0},
		{given: "100", least: 0, most: 100, want: 100},
		{given: "-1", least: -1, most: 100, want: -1},
		{given: "101", least: 0, most: 100, errorContains: "n is 101, not within 0 and 100"},
		{given: "-1", least: 0, most: 100, errorContains: "n is -1, not within 0 and 100"},
		{given: "", least: 0, most: 100, errorContains: `n is not a whole number: ""`},
		{given: "1.5", least: 0, most: 100, errorContains: `n is not a whole number: "1.5"`},
		{given: "0x10", least: 0, most: 100, errorContains: `n is not a whole number: "0x10"`},
		// What JavaScript makes of the greatest int64.
		{given: "9223372036854775808", least: -1, most: math.MaxInt64, want: math.MaxInt64},
		{given: "9223372036854775808", least: 0, most: 100, errorContains: "not within 0 and 100"},
		{given: "-9223372036854775809", least: -1, most: 100, errorContains: "not within -1 and 100"},
	} {
		query := perfGateQuery{"n": {test.given}}
		if test.given == missing {
			query = nil
		}
		got, err := perfGateInteger(query, "n", 7, test.least, test.most)
		switch {
		case test.errorContains == "" && (err != nil || got != test.want):
			t.Errorf("%q: got %d, %v; want %d", test.given, got, err, test.want)
		case test.errorContains != "" && (err == nil || !strings.Contains(err.Error(), test.errorContains)):
			t.Errorf("%q: got %d, %v; want the error %q", test.given, got, err, test.errorContains)
		}
	}
}

// decoded is an answer of JSON as a value.
func decoded(t *testing.T, answer perfGateAnswer, into interface{}) {
	t.Helper()
	if answer.status != 200 || answer.contentType != "application/json" {
		t.Fatalf("got %d of %s: %s", answer.status, answer.contentType, answer.body)
	}
	if err := json.Unmarshal(answer.body, into); err != nil {
		t.Fatalf("%v: %s", err, answer.body)
	}
}
