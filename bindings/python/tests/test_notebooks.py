"""The notebooks run from a clean kernel, and give the outputs that are stored in them.

`python tests/test_notebooks.py` runs them and writes their outputs anew; names of notebooks after it choose some.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="the notebooks are run where their libraries are installed")
nbclient = pytest.importorskip("nbclient", reason="the notebooks are run where their libraries are installed")
for library in ("ipykernel", "pandas", "polars", "duckdb", "matplotlib"):
    pytest.importorskip(library, reason="the notebooks are run where their libraries are installed")

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LARGEST = 600_000
METADATA = {
    "internal": True,  # exact figures of households; the first cell says it to readers
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def run(path: Path) -> Any:
    """The notebook with the outputs that it gives now; a cell that raises raises here."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbclient.NotebookClient(
        notebook,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        store_widget_state=False,
        resources={"metadata": {"path": str(FOLDER)}},
    ).execute()
    notebook.metadata = nbformat.from_dict(METADATA)
    return notebook


def shown(cell: Any) -> list[tuple[str, str]]:
    """The output of a cell: its texts by kind, and of an image of dots only that it is there."""
    result = []
    for output in cell.get("outputs", []):
        if output.output_type == "stream":
            result.append((output.name, output.text))
        else:
            assert output.output_type in ("display_data", "execute_result"), output.output_type
            result.extend((kind, "" if kind == "image/png" else text) for kind, text in sorted(output.data.items()))
    return result


def test_the_notebooks_are_there() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "checking-relocost",
        "first-hour",
        "from-payments-to-prices",
        "negotiating-an-agreement",
        "setting-a-reserve",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_those_stored(path: Path) -> None:
    stored, found = nbformat.read(path, as_version=4), run(path)
    assert len(stored.cells) == len(found.cells)
    for before, now in zip(stored.cells, found.cells):
        assert shown(now) == shown(before), f"{path.name}: cell {before.id} gives another output:\n{before.source}"
        assert now.get("execution_count") == before.get("execution_count"), f"{path.name}: cell {before.id}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_is_stored_is_fit_to_be_read(path: Path) -> None:
    assert path.stat().st_size < LARGEST
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata == METADATA
    ids = [cell.id for cell in notebook.cells]
    assert ids == [f"cell-{place:02}" for place in range(1, len(ids) + 1)]
    assert any({"image/png", "image/svg+xml"} & set(dict(shown(cell))) for cell in notebook.cells)
    for cell in notebook.cells:
        assert cell.metadata == {}, cell.id
        for kind, text in shown(cell):
            assert kind != "stderr" and not kind.startswith("application/"), cell.id
            # No address in memory, no path of somebody's machine.
            assert not re.search(r"\b0x[0-9a-f]{6,}|(?<![\w.])/(work|tmp|home|Users|usr)/|[A-Z]:\\", text), cell.id


if __name__ == "__main__":
    for path in NOTEBOOKS:
        if path.stem in sys.argv[1:] or len(sys.argv) == 1:
            notebook = run(path)
            for place, cell in enumerate(notebook.cells, start=1):
                cell.id = f"cell-{place:02}"
            nbformat.write(notebook, path)
            print(f"{path.name}: written, {path.stat().st_size // 1000} kB")
