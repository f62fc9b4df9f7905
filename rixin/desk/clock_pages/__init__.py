"""Dates that matters have to keep: one's own clocks, a calendar of legal dates, its feed, and dates that were late."""
