"""Learns the network that reads a line."""
