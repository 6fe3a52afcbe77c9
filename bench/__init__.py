"""Measurements: each figure beside an alternative, measured in the same run."""
