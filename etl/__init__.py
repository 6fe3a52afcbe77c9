"""Brings figures in: from what was printed to observations."""
