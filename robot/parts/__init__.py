"""What a robot is made of: what is asked of each part, and how a part is found by its address."""
