"""Slides: a deck of tables as PowerPoint with native charts, and as a PDF."""
