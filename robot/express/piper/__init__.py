"""Voices of Piper: small networks that speak naturally, one a language."""
