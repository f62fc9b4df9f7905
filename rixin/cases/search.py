"""Finds words in cases: in the title, the report and the address."""

from rixin.pairs import Pairs, terms

TABLE = "cases_search"
_index = Pairs(TABLE, "case_id", ("title", "text", "address"))
add = _index.add
replace = _index.replace
matching = _index.matching

__all__ = ["TABLE", "add", "matching", "replace", "terms"]
