"""The assessment floor: what was heard becomes levels, violations and coaching in a `Review`."""
