"""Words in, what they mean out."""
