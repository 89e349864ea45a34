"""Words of self-harm: heard as such whatever else they were taken for."""
