package library

import "strings"

// excerptBytes is how much of a review is shown beside its book.
const excerptBytes = 60

// page is a book with what its readers say.
type page struct {
	book
	Stars   float64  `json:"stars"`
	Reviews []review `json:"reviews"`
}

func newPage(shown book, reviews []review) page {
	stars := 0
	excerpts := make([]review, len(reviews))
	for i, one := range reviews {
		stars += one.Stars
		excerpts[i] = review{one.Reader, one.Stars, excerpt(one.Words)}
	}
	return page{shown, float64(stars) / float64(max(1, len(reviews))), excerpts}
}

// excerpt is the beginning of a text, up to the end of a word.
func excerpt(text string) string {
	if len(text) <= excerptBytes {
		return text
	}
	end := strings.LastIndexByte(text[:excerptBytes+1], ' ')
	return text[:max(0, end)] + " …"
}
