"""A form that says what was refused after it was read: the house's own, under the name that the desk knows."""

from rixin.refusable import RefusableForm

__all__ = ["RefusableForm"]
