"""After which layers (from 1) the mean over a line is taken: early ones hold words, late ones their sense."""

TAPS = (3, 6, 9, 12)
