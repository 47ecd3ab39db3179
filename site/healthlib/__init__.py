"""Health Library: a searchable health site, built from Markdown files."""
