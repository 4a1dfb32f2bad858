"""The commands floor: what a person types. Arguments, progress, exit statuses; no thinking."""
