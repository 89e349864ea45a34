"""The network that reads a line: multilingual-e5-small, taught the meanings of this house."""
