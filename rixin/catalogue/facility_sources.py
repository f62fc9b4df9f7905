"""What can be asked of the register of facilities."""

from collections.abc import Mapping

from rixin.catalogue.columns import RegisterSource

FACILITIES: Mapping[str, RegisterSource] = {}
