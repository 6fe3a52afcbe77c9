"""Taken away: a deck as PowerPoint, as a PDF or as one file without a network; a chart as a picture."""
