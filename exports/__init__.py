"""Takes figures away: an Answer as a table, a file or a slide. Renders; computes nothing."""
