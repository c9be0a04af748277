"""Everything that shows or exports figures says that it is internal, as `tests/outputs.txt` has it.

The outputs are found among the package's own names: one that is not in the list fails, and so does a class of which no
example is given here.
"""

from __future__ import annotations

import csv
import enum
import importlib
import inspect
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import relocost as rc

_LIST = Path(__file__).parents[3] / "tests" / "outputs.txt"
_OUTPUT = re.compile(
    r"__(repr|str|format)__|_repr_\w+_|to_\w+|text|html|(word_)?report|workbook|plot\w*|__arrow_c_stream__"
)
# Where they are absent, so is the output.
_NEEDS = {
    "to_pandas": "pandas",
    "to_polars": "polars",
    "to_arrow": "pyarrow",
    "to_parquet": "pyarrow",
    "__arrow_c_stream__": "pyarrow",
    "plot": "matplotlib",
}


def _listed() -> dict[str, str]:
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return dict(line.removeprefix("python ").split(": ", 1) for line in lines if line.startswith("python "))


def _classes() -> list[type]:
    """The classes of the package, but for the numbers of errors, which are Python's own enumeration."""
    classes = [value for value in map(rc.__dict__.get, rc.__all__) if isinstance(value, type)]
    return [value for value in classes if not issubclass(value, enum.Enum)]


def _owner(cls: type, member: str) -> type | None:
    """The class of the package that has the member; one that Python's own classes have is the class's own."""
    owner = next(each for each in cls.__mro__ if member in vars(each))
    if owner.__module__.startswith("relocost"):
        return owner
    return cls if member == "__repr__" else None


def _outputs() -> dict[str, list[tuple[type, str]]]:
    """Every output by its name, with the classes that have it."""
    found: dict[str, list[tuple[type, str]]] = {}
    for cls in _classes():
        for member in dir(cls):
            if _OUTPUT.fullmatch(member):
                owner = _owner(cls, member)
                if owner is not None:
                    found.setdefault(f"{owner.__name__}.{member}", []).append((cls, member))
    return found


def _charts() -> Iterator[str]:
    plots = importlib.import_module("relocost.plots")
    for name in plots.__all__:
        if inspect.isfunction(getattr(plots, name)):
            yield f"plots.{name}"


@pytest.fixture(scope="module")
def examples(golden: Path) -> dict[type, Any]:
    """One of each class."""
    tables = rc.load(golden / "family-of-five.toml").to_dict()
    tables["horizon_months"] = 24
    tables["variants"] = {"dearer": {"lines.rent.amount": "1045"}}
    tables["expect"] = [{"figure": "comparison.extra", "equals": "1.00"}]
    s = rc.loads(json.dumps(tables))
    dearer = s.with_({"lines.rent.amount": 1045})
    c, ledger, delay = s.compare(), s.ledger("temporary"), s.delay()
    caseload = s.caseload([{"reference": "HH-1", "members": [34, 6], "count": 2}])
    sim, tornado, sobol = s.simulate(draws=200), s.tornado(), s.sobol(draws=64, resamples=5)
    diff, estimate = s.diff(dearer), rc.estimate(112000, currency="USD")
    of_part = s.caseload_part([{"reference": "HH-1", "members": [34]}], 0, 1)
    indices = sobol.figures["extra"]
    programme = rc.Programme.from_dict(
        {
            "catalogue": "reference",
            "programme": {
                "first_fiscal_year": 2026,
                "fiscal_years": 1,
                "ceiling": {"regular_budget": {"default": 9000}},
            },
            "cases": [{"members": [{"age": 34}], "arrives": "2026-01"}],
            "agreements": [{"id": "a", "label": "A", "grants": [{"month": "2026-03", "places": 1}]}],
        }
    )
    paid = s.payments([{"month": "2026-03", "line": "short-let", "amount": 1300, "currency": "EUR"}], "temporary")
    future = programme.simulate(50)
    every = [
        *(future, future.extra, future.extra.total, future.joint, future.waiting, future.agreements["a"]),
        future.ceiling["regular_budget"][2026],
        *(paid, paid.total, paid.estimate(), ledger.postings()),
        *(s, dearer, c, c.base, c.by_category, c.base.by_line, c.attribution, c.table, c.tables, c.premium),
        *(c.by_category["housing"], ledger, ledger[0], ledger.explain(category="housing")),
        *(ledger.explain(category="housing").sources[0], delay, delay[1], delay[1].within_horizon),
        *(caseload, caseload.base, of_part, s.calibrate("0.30", ["short-let"]), s.compare_variants()),
        *(s.what_ifs([{"lines.rent.amount": 1045}]), diff, diff.changes["lines.rent"][0], estimate, estimate.low),
        *(s.run_expectations()[0], sim, sim.band, sim.extra, sim.extra.total, sim.extra.total.gap),
        *(s.simulate_range(0, 100, draws=200), tornado, tornado.standing, tornado.bars[0], sobol, indices),
        *(indices.factors[0], indices.factors[0].first_order, rc.REPORTED_BAND, c.table.declared[0]),
        *(c.charts(), c.charts()["causes"]),
        *(programme, programme.run(cases=True), programme.diff(programme)),
        rc.Catalogue.reference(),
        rc.Catalogue.reference().update_prices([{"id": "rent", "amount": 1, "currency": "EUR", "source": "list"}]),
    ]
    return {type(each): each for each in every}


def _english(text: str) -> bool:
    return "nternal" in text


def _sentence(it: Any, member: str) -> bool:
    if member in ("__repr__", "__str__"):
        return _english(repr(it) if member == "__repr__" else str(it))
    method = getattr(it, member)
    if member in ("text", "html"):
        return _english(method()) and "nterne" in method("fr")
    if member == "report":
        return _english(method()) and "nterne" in method(lang="fr")
    return _english(method())


def _key(it: Any, member: str) -> bool:
    value = getattr(it, member)()
    told: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return told["internal"] is True


def _column(it: Any, member: str) -> bool:
    for lang, comma in (("en", ","), ("fr", ";")):
        text = getattr(it, member)(lang=lang).removeprefix("\ufeff")
        heads, *rows = csv.reader(io.StringIO(text), delimiter=comma)
        every = heads[-1] == "internal" and all(row[-1] == "true" for row in rows)
        if not every and ["internal", "true"] not in rows:
            return False
    return True


def _metadata(it: Any, member: str) -> bool:
    if member == "to_pandas":
        return bool(it.to_pandas().attrs["internal"])
    import pyarrow
    import pyarrow.parquet

    if member == "to_parquet":
        with tempfile.TemporaryDirectory() as folder:
            it.to_parquet(f"{folder}/table.parquet")
            return bool(pyarrow.parquet.read_schema(f"{folder}/table.parquet").metadata[b"internal"] == b"true")
    return bool(pyarrow.table(it).schema.metadata[b"internal"] == b"true")


def _footnote(it: Any, member: str) -> bool:
    draw = getattr(it, member)
    return all(
        word in "\n".join(text.get_text() for text in draw(lang=lang).findobj(lambda each: hasattr(each, "get_text")))
        for lang, word in (("en", "Internal: "), ("fr", "Interne\N{SPACE}: "))
    )


_MARKS: dict[str, Callable[[Any, str], bool]] = {
    "sentence": _sentence,
    "key": _key,
    "column": _column,
    "metadata": _metadata,
    "footnote": _footnote,
}


def test_every_output_of_python_is_listed() -> None:
    found = set(_outputs())
    listed = {name for name in _listed() if not name.startswith("plots.")}
    assert not found - listed, "say in tests/outputs.txt how these are marked"
    assert not listed - found, "there is no such output"


def test_every_function_that_draws_is_listed() -> None:
    pytest.importorskip("matplotlib")
    assert set(_charts()) == {name for name in _listed() if name.startswith("plots.")}


def test_every_output_of_python_is_marked(examples: dict[type, Any]) -> None:
    listed, checked = _listed(), 0
    for name, outputs in _outputs().items():
        mark = listed[name]
        if mark.startswith("none: "):
            continue
        for cls, member in outputs:
            if cls in (rc.Result, rc.Tabular, rc.Rates, rc.Publication):
                continue  # what others are, and what is published
            assert cls in examples, f"give an example of {cls.__name__} in this test"
            library = next((_NEEDS[each] for each in _NEEDS if member.startswith(each)), None)
            try:
                if library is not None:
                    importlib.import_module(library)
            except ImportError:
                continue
            assert _MARKS[mark](examples[cls], member), f"{cls.__name__}.{member} has no {mark}"
            checked += 1
    assert checked > 100


def test_what_has_no_mark_shows_no_figure(examples: dict[type, Any]) -> None:
    """A repr without a mark is of something that has no figure of a household."""
    total = str(examples[rc.Comparison].base.total)
    for name, outputs in _outputs().items():
        if _listed()[name].startswith("none: ") and name.endswith(("__repr__", "__str__", "_repr_html_")):
            for cls, member in outputs:
                if cls in examples:
                    shown = getattr(examples[cls], member)() or ""
                    assert total not in shown.replace(",", ""), f"{cls.__name__}.{member}"
