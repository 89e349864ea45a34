"""Sentences of a robot, those that break a duty and those that do not: what the judge of free text learns from."""
