"""One run from start to report: judged, held, hurried, disturbed."""
