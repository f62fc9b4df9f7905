"""Finds words in records: in what was written into their fields, and in the address."""

from rixin.pairs import Pairs

TABLE = "records_search"
_index = Pairs(TABLE, "record_id", ("words", "address"))
create = _index.create
add = _index.add
replace = _index.replace
matching = _index.matching
