"""The ledger: append-only reviews, people's verdicts and outcomes, and the runs that wrote them."""
