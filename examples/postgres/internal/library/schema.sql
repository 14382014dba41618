CREATE TABLE IF NOT EXISTS books (
	id      integer PRIMARY KEY,
	title   text NOT NULL,
	author  text NOT NULL,
	subject text NOT NULL
);

CREATE INDEX IF NOT EXISTS books_by_subject ON books (subject);

CREATE TABLE IF NOT EXISTS reviews (
	book   integer NOT NULL REFERENCES books,
	reader text NOT NULL,
	stars  integer NOT NULL CHECK (stars BETWEEN 1 AND 5),
	words  text NOT NULL,
	PRIMARY KEY (book, reader)
);
