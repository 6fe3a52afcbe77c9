"""Present: slides of answers, kept in decks by the reader's browser, shown without a server."""
