"""The parts of the board: what is asked, the summary, the cards, their arrangement, what changed."""
