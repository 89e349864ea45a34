"""A world for the robot to live in without hardware."""
