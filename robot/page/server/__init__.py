"""What answers the browser: who gets in, the live line, what comes over it."""
