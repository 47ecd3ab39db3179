"""Search: the product's engine beside Whoosh, SQLite FTS5, tantivy and bm25s."""
