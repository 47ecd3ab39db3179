"""From authored pages to published ones: HTML, numbered references, derived tables, related pages."""
