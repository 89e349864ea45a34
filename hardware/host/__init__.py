"""The computer that the robot lives on: how the program is installed, kept and updated there."""
