"""What people say to a companion, written by fresh hands: half of it measures and is never looked at to tune."""
