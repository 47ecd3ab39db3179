"""The linter: rules that keep the library true and safe, one module per concern."""
