"""Every text of the page."""
