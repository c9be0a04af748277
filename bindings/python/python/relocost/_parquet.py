"""Tables as Parquet files, written by pyarrow."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from . import _relocost

if TYPE_CHECKING:
    from ._result import PathLike


def write(core: _relocost.Table, path: PathLike, force: bool) -> None:
    """Writes a table; a new file of what is internal is for its owner alone."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as missing:
        raise ImportError("Parquet needs pyarrow: pip install 'relocost[arrow]'") from missing
    table = pyarrow.table(core)
    # Metadata arrives in any order, and the same table is to give the same bytes.
    fields = [field.with_metadata(dict(sorted(field.metadata.items()))) for field in table.schema]
    head = dict(sorted(table.schema.metadata.items()))
    content = pyarrow.BufferOutputStream()
    ordered = pyarrow.Table.from_arrays(table.columns, schema=pyarrow.schema(fields, head))
    pyarrow.parquet.write_table(ordered, content)
    private = head[b"internal"] == b"true"
    _relocost.write(os.fspath(path), content.getvalue().to_pybytes(), private, bool(force))
