"""What can be asked of how far dwellings are from facilities."""

from collections.abc import Mapping

from rixin.catalogue.columns import RegisterSource

WALKING: Mapping[str, RegisterSource] = {}
