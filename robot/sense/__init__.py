"""Sense: pictures become tracked people, sound becomes words."""
