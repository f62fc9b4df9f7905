"""What can be asked of events, teams and volunteers."""

from collections.abc import Mapping

from rixin.catalogue.columns import RegisterSource

ACTIVITIES: Mapping[str, RegisterSource] = {}
