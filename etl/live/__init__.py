"""Live services: what to ask (services), one download (download), the pages of one answer (pages)."""
