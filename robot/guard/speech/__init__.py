"""The judge of what the robot is about to say: free text is held to the duties by its meaning."""
