"""Reachy Mini as a body: its maker's daemon moves it, and this robot tells the daemon where."""
