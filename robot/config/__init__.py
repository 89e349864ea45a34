"""The configuration file: what may stand in it, and answers put into it."""
