"""Guard: what the robot owes a person; every intent passes here."""
