"""What the registers tell others, within the transaction."""

from django.dispatch import Signal

merged = Signal()
"""One entry goes on for another that was entered twice: double, into (ids)."""
