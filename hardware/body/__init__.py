"""The body described: joints, camera, eyes."""
