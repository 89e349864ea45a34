"""The commands of `bowlby`, one a file."""
