"""What others may listen to. Sent within the transaction in which it happened: a listener that fails undoes it."""

from django.dispatch import Signal

happened = Signal()
"""Something happened to a case. Sender: `Case`; with `case` as it is now, `by` (an Actor) and `at`."""
