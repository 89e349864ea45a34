"""People, what they do by a scenario, the room, and how both are painted."""
