"""Shows the figures: Dash pages over answers. Draws; computes nothing."""
