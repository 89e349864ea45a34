"""Danger to life or health now: heard in every mode, and answered with the emergency number."""
