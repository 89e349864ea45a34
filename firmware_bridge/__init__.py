"""The line to the firmware: messages, framing, link."""
