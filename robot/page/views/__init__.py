"""What one visitor sees."""
