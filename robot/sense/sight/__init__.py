"""Pictures in, tracked faces out."""
