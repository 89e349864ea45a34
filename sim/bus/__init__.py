"""A simulated bus: servos that speak their maker's protocol, byte by byte."""
