"""One module a page; each turns what the store answers into components."""
