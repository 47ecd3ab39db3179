"""A generation is everything that a worker serves from: published pages, the index, and a manifest of both."""
