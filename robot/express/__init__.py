"""Express: intents become one smooth body frame, and speech."""
