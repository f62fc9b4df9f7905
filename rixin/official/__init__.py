"""The layout of official documents (GB/T 9704-2012), whatever is written on the page."""
