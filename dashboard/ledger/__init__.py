"""Parts of the room of sources: sources, coverage, conflicts, revisions, methods."""
