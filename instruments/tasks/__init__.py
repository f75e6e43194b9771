"""Practical tasks: what is shown, what was planted in it, and what an answer earns."""
