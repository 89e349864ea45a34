"""What the robot remembers: one SQLite file, owned by the person, complete to show and complete to forget."""
