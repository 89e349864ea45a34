"""Attend: who is here, where, and whom to look at."""
