"""What `benchmarks/speed.py` measures: one module a question, and what they share."""
