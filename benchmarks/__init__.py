"""What it costs: one file measures one thing."""
