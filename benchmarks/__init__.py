"""Measurements of the whole product on PostgreSQL; each prints a ratio to something measured in the same run."""
