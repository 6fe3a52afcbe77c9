"""Pages of docs/ that are made of data: one module a kind of page, each a pure function."""
