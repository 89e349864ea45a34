"""What the robot's weights are made from; not part of the wheel."""
