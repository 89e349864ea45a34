"""Words for people, by key and language: made where they are shown, never before."""
