"""Rows of service rolls behind a figure: whose they are, and what they say."""

from collections.abc import Mapping

from rixin.desk.figure_pages.kinds import Kind

KINDS: Mapping[str, Kind] = {}
