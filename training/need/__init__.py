"""Need, as the reader's second head hears it, and sets that measure what is done about it."""
