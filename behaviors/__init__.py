"""Behaviours, one a file, and the phrases and expressions they use."""
