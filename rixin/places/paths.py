"""Area paths: "330106013/001/01/03/", each part the digits that the level adds, so that a prefix is a subtree.

`area_path__within="330106013/001/"` selects a subtree through an index on either database, on any text column that
holds a path. Django's own `startswith` does not: SQLite cannot use an index for its LIKE.
"""

from typing import Any

from django.db.models import CharField, Lookup
from django.db.models.sql.compiler import SQLCompiler

EVERYWHERE = ""


def path_of(code: str, level: str, parent_code: str = "", parent_path: str = EVERYWHERE) -> str:
    """The path of the area `code`.

    The district is the whole of an installation, so its path is EVERYWHERE; paths start at its sub-districts.
    A code that does not extend its parent's (an imported one may not) stands in the path in full.
    """
    if level == "district":
        return EVERYWHERE
    added = code.removeprefix(parent_code) if parent_path else code
    return f"{parent_path}{added or code}/"


def is_within(path: str, root: str) -> bool:
    return path.startswith(root)


@CharField.register_lookup
class Within(Lookup[str]):
    lookup_name = "within"

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        """PostgreSQL: LIKE, served by the text_pattern_ops index that Django adds to an indexed CharField."""
        column, params = self.process_lhs(compiler, connection)
        literal = str(self.rhs).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"{column} LIKE %s", [*params, f"{literal}%"]

    def as_sqlite(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        """SQLite compares text by bytes, so a subtree is a range: "/" ends every path and "0" is the next character."""
        column, params = self.process_lhs(compiler, connection)
        if not self.rhs:
            return f"{column} >= %s", [*params, ""]
        root = str(self.rhs)
        beyond = root[:-1] + chr(ord(root[-1]) + 1)
        return f"{column} >= %s AND {column} < %s", [*params, root, *params, beyond]
