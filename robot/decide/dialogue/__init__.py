"""The talk: what was said, what is open, and what may answer it."""
