"""The simulated camera, ears and speaker."""
