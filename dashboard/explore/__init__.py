"""The parts of Explore: what its address asks, the controls, the chart with its forms, the tables."""
