"""What a run sensed, thought and did, in one MCAP file: written while it runs, and read again for a replay."""
