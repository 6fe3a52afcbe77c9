"""The parts of the page of one area: head and KPIs, tables, aims, one measure whole, sources."""
