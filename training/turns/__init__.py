"""What makes a whole sentence, and sets that measure ends of turns."""
