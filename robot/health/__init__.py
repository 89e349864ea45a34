"""How the robot and its parts do, and who is told."""
