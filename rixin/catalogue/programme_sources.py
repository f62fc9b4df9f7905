"""What can be asked of projects and their steps."""

from collections.abc import Mapping

from rixin.catalogue.columns import RegisterSource

PROGRAMMES: Mapping[str, RegisterSource] = {}
