"""Joins what was found by address into one robot, and runs it."""
