"""Other machines, over Zenoh: one that sees or hears for the robot, topics, and a view of several robots."""
