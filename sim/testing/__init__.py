"""A simulated robot for programs of a few lines and for tests of behaviours."""
