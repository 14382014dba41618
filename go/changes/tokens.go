package main

import (
	"crypto/sha256"
	"encoding/hex"
	"go/scanner"
	"go/token"
	"sort"
	"strings"
)

// tokens is a Go file without comments, blanks and positions: what formatting cannot change.
type tokens struct {
	offsets []int
	kinds   []token.Token
	texts   []string
}

type span struct{ from, to int }

func scan(src []byte) tokens {
	var t tokens
	var s scanner.Scanner
	fset := token.NewFileSet()
	s.Init(fset.AddFile("", fset.Base(), len(src)), src, func(token.Position, string) {}, 0)
	for {
		pos, kind, text := s.Scan()
		if kind == token.EOF {
			return t
		}
		if kind == token.SEMICOLON || text == "" {
			text = kind.String() // a semicolon at the end of a line is one like any other
		}
		t.offsets = append(t.offsets, int(pos)-1)
		t.kinds = append(t.kinds, kind)
		t.texts = append(t.texts, text)
	}
}

// print joins the tokens from one offset to another, leaving out the holes. Semicolons and commas before a closing
// bracket depend on line breaks and are left out too.
func (t tokens) print(from, to int, holes []span) string {
	var b strings.Builder
	first := sort.SearchInts(t.offsets, from)
	pending := ""
	for i := first; i < len(t.offsets) && t.offsets[i] < to; i++ {
		if len(holes) > 0 && t.offsets[i] >= holes[0].from {
			if t.offsets[i] >= holes[0].to {
				holes = holes[1:]
				i--
				continue
			}
			if i > 0 && t.offsets[i-1] < holes[0].from {
				b.WriteString(pending + "{}\n")
				pending = ""
			}
			continue
		}
		switch t.kinds[i] {
		case token.SEMICOLON, token.COMMA:
			b.WriteString(pending)
			pending = t.texts[i] + "\n"
			continue
		case token.RPAREN, token.RBRACE, token.RBRACK:
			pending = ""
		}
		b.WriteString(pending + t.texts[i] + "\n")
		pending = ""
	}
	return b.String()
}

// digest is the identity of a printed source.
func digest(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}
