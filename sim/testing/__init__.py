"""A simulated robot for tests of behaviours."""
