"""A language model of the owner's: what it is told, what of its words can be spoken, and how it is reached."""
