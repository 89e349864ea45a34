"""The simulated board: the firmware's own core, and what its pulses move."""
