"""Whether a line tells that somebody is harmed by another person, learned from lines by many hands."""
