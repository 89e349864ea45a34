"""The page: a window into the loop that can change nothing by itself."""
