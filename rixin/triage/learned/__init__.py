"""Sorting by what was learned from examples: label, calibrated confidence and the words that decided."""
