-- The same rows every time, and none that are there already.
INSERT INTO books (id, title, author, subject)
SELECT
	id,
	'A Guide to ' || (ARRAY['Knots', 'Lighthouses', 'Ferns', 'Clouds', 'Bridges', 'Moths', 'Ferries'])[1 + id % 7],
	(ARRAY['Ada Brook', 'Ben Marsh', 'Cleo Hill'])[1 + id % 3],
	(ARRAY['sea', 'sky', 'forest', 'city'])[1 + id % 4]
FROM generate_series(1, 96) AS id
ON CONFLICT DO NOTHING;

INSERT INTO reviews (book, reader, stars, words)
SELECT
	book,
	reader,
	1 + (book + length(reader)) % 5,
	repeat('Read it twice, lent it once and never got it back. ', 2 + book % 3)
FROM generate_series(1, 96) AS book
CROSS JOIN unnest(ARRAY['alan', 'barbara', 'edsger', 'grace', 'niklaus']) AS reader
ON CONFLICT DO NOTHING;
