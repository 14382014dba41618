// Package library serves books and their reviews.
package library

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"

	"github.com/lib/pq"
)

//go:embed schema.sql
var schema string

//go:embed sample.sql
var sampleRows string

// connections is how many there are at most. They stay open, since statements
// are prepared for each of them.
const connections = 8

// Store keeps books and reviews in Postgres.
type Store struct {
	db         *sql.DB
	statements struct{ list, book, reviews, review *sql.Stmt }
}

type book struct {
	ID      int    `json:"id"`
	Title   string `json:"title"`
	Author  string `json:"author"`
	Subject string `json:"subject"`
}

type review struct {
	Reader string `json:"reader"`
	Stars  int    `json:"stars"`
	Words  string `json:"words"`
}

var errNotFound = errors.New("there is no such book")

// Open connects to the database, makes its tables where they are missing, adds
// sample rows if they are wanted, and prepares all statements.
func Open(ctx context.Context, database string, sample bool) (*Store, error) {
	db, err := sql.Open("postgres", database)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	s := &Store{db: db}
	err = s.makeTables(ctx, sample)
	if err == nil {
		err = s.prepare(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

// Close closes all connections.
func (s *Store) Close() error {
	return s.db.Close()
}

// makeTables may run in several processes at once.
func (s *Store) makeTables(ctx context.Context, sample bool) error {
	steps := []string{`SELECT pg_advisory_xact_lock(1)`, schema}
	if sample {
		steps = append(steps, sampleRows)
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("connect to the database: %w", err)
	}
	defer tx.Rollback() // does nothing after Commit
	for _, step := range steps {
		if _, err := tx.ExecContext(ctx, step); err != nil {
			return fmt.Errorf("make the tables: %w", err)
		}
	}
	return tx.Commit()
}

func (s *Store) prepare(ctx context.Context) error {
	for _, query := range []struct {
		statement **sql.Stmt
		text      string
	}{
		{&s.statements.list, `SELECT id, title, author, subject FROM books WHERE subject = $1 ORDER BY id LIMIT $2`},
		{&s.statements.book, `SELECT id, title, author, subject FROM books WHERE id = $1`},
		{&s.statements.reviews, `SELECT reader, stars, words FROM reviews WHERE book = $1 ORDER BY reader`},
		{&s.statements.review, `INSERT INTO reviews (book, reader, stars, words) VALUES ($1, $2, $3, $4)
			ON CONFLICT (book, reader) DO UPDATE SET stars = excluded.stars, words = excluded.words`},
	} {
		prepared, err := s.db.PrepareContext(ctx, query.text)
		if err != nil {
			return fmt.Errorf("prepare %q: %w", query.text, err)
		}
		*query.statement = prepared
	}
	return nil
}

func (s *Store) ping(ctx context.Context) error {
	return s.db.PingContext(ctx)
}

func (s *Store) booksOn(ctx context.Context, subject string, limit int) ([]book, error) {
	rows, err := s.statements.list.QueryContext(ctx, subject, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := make([]book, 0, limit)
	for rows.Next() {
		var next book
		if err := rows.Scan(&next.ID, &next.Title, &next.Author, &next.Subject); err != nil {
			return nil, err
		}
		found = append(found, next)
	}
	return found, rows.Err()
}

func (s *Store) book(ctx context.Context, id int) (book, error) {
	var found book
	row := s.statements.book.QueryRowContext(ctx, id)
	err := row.Scan(&found.ID, &found.Title, &found.Author, &found.Subject)
	if errors.Is(err, sql.ErrNoRows) {
		err = errNotFound
	}
	return found, err
}

func (s *Store) reviews(ctx context.Context, book int) ([]review, error) {
	rows, err := s.statements.reviews.QueryContext(ctx, book)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []review
	for rows.Next() {
		var next review
		if err := rows.Scan(&next.Reader, &next.Stars, &next.Words); err != nil {
			return nil, err
		}
		found = append(found, next)
	}
	return found, rows.Err()
}

// noSuchRow is Postgres's code for a reference to a row that is not there
// (foreign_key_violation).
const noSuchRow = "23503"

func (s *Store) putReview(ctx context.Context, book int, given review) error {
	_, err := s.statements.review.ExecContext(ctx, book, given.Reader, given.Stars, given.Words)
	if refused := (*pq.Error)(nil); errors.As(err, &refused) && refused.Code == noSuchRow {
		return errNotFound
	}
	return err
}
