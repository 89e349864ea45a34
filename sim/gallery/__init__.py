"""Every behaviour and expression, played and drawn by the robot's own means."""
