"""Reading a query, the Whoosh index, ranking, snippets, and the generations that a build publishes. No Flask."""
