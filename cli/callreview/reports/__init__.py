"""The reports floor: a review as terminal card, Markdown or JSON."""
