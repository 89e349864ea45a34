"""What touches the world: firmware, body, camera, microphone, speaker."""
