"""The API under `/api/v1`, served by the page's own server."""
