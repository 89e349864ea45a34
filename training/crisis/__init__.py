"""Words of self-harm: the lines that teach and those that measure."""
