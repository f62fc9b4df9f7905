"""What can be asked of dwellings and their head counts."""

from collections.abc import Mapping

from rixin.catalogue.columns import RegisterSource

HOMES: Mapping[str, RegisterSource] = {}
