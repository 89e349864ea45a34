"""The first run: questions to whoever brings the robot home, and a configuration that is known to be right."""
