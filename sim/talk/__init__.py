"""A talk in writing with a simulated robot."""
