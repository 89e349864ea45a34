"""The loop: seven steps, fifty times a second."""
