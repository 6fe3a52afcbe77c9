"""Pictures: a chart of a page as SVG and PNG, with its title, source and licence in it; and printed pages."""
