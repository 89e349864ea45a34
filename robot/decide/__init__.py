"""Decide: the mode and the behaviour that wins it."""
