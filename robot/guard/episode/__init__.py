"""An episode of need: from the first sign on, until it is over."""
