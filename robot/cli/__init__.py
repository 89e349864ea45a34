"""The command line: the front door, its commands, the first run."""
