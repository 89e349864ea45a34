"""Weeks with the robot in minutes."""
