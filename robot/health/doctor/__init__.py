"""The doctor: looks at every part that exists and tells how it does, why, and what mends it."""
