"""The analysis floor: pure functions over many reviews."""
