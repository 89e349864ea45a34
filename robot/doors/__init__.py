"""What other programs may do with the robot: an API behind the guard, and its client."""
