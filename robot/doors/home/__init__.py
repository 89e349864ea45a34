"""Home Assistant, by MQTT discovery: what the owner has chosen to show there, and what may be asked for from there."""
