"""A quarter of made-up calls with known truths, for tests of what looks at many calls."""
