"""Content and rows → files; every writer gives the same bytes for the same input."""
