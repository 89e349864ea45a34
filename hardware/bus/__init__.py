"""Bus servos as a body: each tells where it stands and how it does, over one serial line."""
