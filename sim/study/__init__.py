"""Studies: one scene played thousands of times, over parameters and seeds, on all cores or on a cluster."""
