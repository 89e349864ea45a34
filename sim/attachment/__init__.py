"""The Strange Situation, played and drawn."""
