"""Whom to call, by country: emergency numbers and lines where people listen."""
