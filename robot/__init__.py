"""The robot itself: the loop and its seven steps; imports none of the other rooms."""
