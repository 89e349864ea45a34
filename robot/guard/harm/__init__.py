"""Whether somebody is harmed by another person, lately or again and again."""
