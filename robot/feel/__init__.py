"""Feel: arousal, comfort, exploration and bond."""
