"""What can be asked of service rolls: totals, never a person."""

from collections.abc import Mapping

from rixin.catalogue.columns import RegisterSource

ROLLS: Mapping[str, RegisterSource] = {}
