"""The C library through cffi: the golden and conformance files to the cent, and what is wrong is said.

Usage: through_cffi.py LIBRARY
"""

import gc
import json
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "ffi/python"))

from header import declarations  # noqa: E402
from relocost_cffi import Library, RelocostError  # noqa: E402

import golden  # noqa: E402

library = Library(sys.argv[1], HERE.parent / "include/relocost.h")
ffi, NULL = library.ffi, library.ffi.NULL
FIGURES = ("extra", "premium", "residual")
COMPARISON = {
    "attribution": "ATTRIBUTION",
    "pathway": "PATHWAYS",
    "by_category": "PATHWAY_CATEGORIES",
    "by_fiscal_year": "PATHWAY_FISCAL_YEARS",
    "by_fund": "PATHWAY_FUNDS",
    "by_line": "PATHWAY_LINES",
    "by_place": "PATHWAY_PLACES",
}


def figure(result, name):
    text = library.text("relocost_result_text", result, getattr(library, f"RELOCOST_FIGURE_{name.upper()}"))
    return f"{name}\t{text or '-'}"


def table(result, name, which):
    found = library.give("relocost_result_table", result, getattr(library, f"RELOCOST_TABLE_{which}"))
    columns = library.number("relocost_table_columns", found)
    for row in range(library.number("relocost_table_rows", found)):
        cells = (library.text("relocost_table_copy_text", found, row, at) for at in range(columns))
        yield "\t".join([name, *("-" if cell is None else cell for cell in cells)])


def ledgers(scenario):
    """Each pathway's ledger, summed here from its column."""
    pathways = library.give("relocost_scenario_table", scenario, library.RELOCOST_TABLE_PATHWAYS)
    for text in library.column("relocost_table_fill_texts", pathways, "pathway"):
        ledger = library.give("relocost_ledger", scenario, text.data, text.length, NULL)
        entries = library.give("relocost_result_table", ledger, library.RELOCOST_TABLE_ENTRIES)
        minor = library.column("relocost_table_fill_minor", entries, "amount")
        zero = ffi.new("relocost_money *")
        library.call("relocost_table_currency", entries, zero)
        yield f"ledger\t{library.said(text)}\t{len(minor)}\t{sum(minor)}\t{zero.decimals}"


def texts(*given):
    """An array of texts, and the bytes that it needs to live."""
    kept = [ffi.new("char[]", it.encode()) for it in given]
    return ffi.new("relocost_text[]", [(it, library.RELOCOST_ZERO_ENDED) for it in kept]), kept


def ask(path, question, *arguments):
    scenario = library.load(path)
    options = ffi.new("relocost_options *", {"size": ffi.sizeof("relocost_options")})
    arguments = [str(it) for it in arguments]
    if question == "compare":
        sides, kept = texts(*arguments)
        options.base, options.alternative = sides
        result = library.give("relocost_compare", scenario, options)
        lines = [figure(result, name) for name in FIGURES]
        lines += [line for name, which in COMPARISON.items() for line in table(result, name, which)]
        lines += ledgers(scenario)
    elif question == "delay":
        options.months = int(arguments[0])
        result = library.give("relocost_delay", scenario, options)
        lines = table(result, "wait", "WAITS")
    elif question == "calibrate":
        target, *chosen = arguments
        listed, kept = texts(*chosen)
        try:
            target = target.encode()
            result = library.give("relocost_calibrate", scenario, target, len(target), listed, len(chosen), options)
        except RelocostError as error:
            if error.number != library.RELOCOST_NO_SOLUTION:
                raise
            return None, {}
        lines = [figure(result, name) for name in ("factor", "premium")]
    else:
        assert question == "caseload"
        rows = arguments[0].encode()
        result = library.give("relocost_caseload_file", scenario, rows, len(rows), options)
        lines = [figure(result, name) for name in ("extra", "premium")]
    return golden.read([library.text("relocost_result_write", result, library.RELOCOST_JSON), *lines])


def fails(function, *arguments):
    try:
        library.give(function, *arguments)
    except RelocostError as error:
        return error
    raise AssertionError(f"{function} did not fail")


def wrong_inputs():
    text = b'schema = 1\nstart = "2026-13"\n'
    error = fails("relocost_scenario_from_text", text, len(text), NULL)
    assert error.number == library.RELOCOST_MISSING_KEY == error.findings[0].number
    start = next(it for it in error.findings if it.key == "start")
    assert (start.file, start.line, start.column) == ("scenario", 2, 9) and "2026-13" in start.message
    assert start.name == "wrong_kind" and start.number == library.RELOCOST_WRONG_KIND, start

    error = fails("relocost_scenario_from_text", b"schema = \xff", 10, NULL)
    assert error.number == library.RELOCOST_NOT_UTF8
    scenario = library.load(golden.GOLDEN / "family-of-five.toml")
    name = "fermé".encode()
    error = fails("relocost_ledger", scenario, name, len(name), NULL)
    assert error.number == library.RELOCOST_UNKNOWN_PATHWAY and error.name == "unknown_pathway"
    assert fails("relocost_ledger", scenario, name, len(name) - 1, NULL).number == library.RELOCOST_ARGUMENT_NOT_UTF8
    error = fails("relocost_compare", ffi.cast("relocost_scenario *", 0), NULL)
    assert error.number == library.RELOCOST_NULL_POINTER and error.findings[0].key == "scenario"
    error = fails("relocost_result_table", ffi.cast("relocost_result *", scenario), library.RELOCOST_TABLE_WAITS)
    assert error.number == library.RELOCOST_WRONG_HANDLE and error.findings == []

    # Text in both directions, longer than one character for each byte, and none at all.
    titled = golden.GOLDEN.joinpath("family-of-five.toml").read_text(encoding="utf-8").split("\n", 2)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "foyer-à-protéger-€.toml"
        titled[1] = 'title = "Élise — 家族 \U0001f3e0"'
        path.write_text("\n".join(titled), encoding="utf-8")
        Path(folder, "reference-catalogue.toml").write_bytes(
            golden.GOLDEN.joinpath("reference-catalogue.toml").read_bytes()
        )
        title = library.text("relocost_scenario_text", library.load(path), library.RELOCOST_FIGURE_TITLE)
        assert title == "Élise — 家族 \U0001f3e0", title


def shared_wrong_inputs():
    """Wrong inputs that Rust and Python are told too: each names its key and what is expected."""
    shared = json.loads((golden.GOLDEN.parent / "wrong_input.json").read_text(encoding="utf-8"))

    def told(error, case):
        assert any(it.key.startswith(case["key"]) and case["says"] in it.message for it in error.findings), (
            case,
            error,
        )

    for case in shared["cases"]:
        text = (case.get("top", "") + shared["scenario"] + case["part"]).encode()
        told(fails("relocost_scenario_from_text", text, len(text), NULL), case)
    for case in shared["programmes"]:
        text = (shared["programme"] + case["part"]).encode()
        told(fails("relocost_programme_from_text", text, len(text), NULL), case)
    for case in shared["questions"]:
        text = (shared["scenario"] + case["part"]).encode()
        scenario = library.give("relocost_scenario_from_text", text, len(text), NULL)
        if "ledger" in case:
            pathway = case["ledger"].encode()
            error = fails("relocost_ledger", scenario, pathway, len(pathway), NULL)
        elif "members" in case:
            table = f"reference,members\nA,{case['members']}\n".encode()
            error = fails("relocost_caseload_text", scenario, table, len(table), NULL)
        else:
            path, value = (each.encode() for each in case["set"])
            error = fails("relocost_scenario_with", scenario, path, len(path), value, len(value))
        told(error, case)


def progress():
    """A function of Python is told how far a question is, and can break it off."""
    seen = []

    @ffi.callback("relocost_progress")
    def told(user, done, total):
        seen.append(done)
        return len(seen) == 3

    options = ffi.new("relocost_options *", {"size": ffi.sizeof("relocost_options"), "progress": told})
    error = fails("relocost_compare", library.load(golden.GOLDEN / "family-of-five.toml"), options)
    assert error.number == library.RELOCOST_INTERRUPTED and len(seen) == 3, (error, seen)


def simulations():
    """Draws in an array of Python's own are those that statistics tell; the same seed gives the same bits."""
    scenario = library.load(golden.GOLDEN / "family-of-five.toml")
    size = ffi.sizeof("relocost_simulate_options")
    given = {"size": size, "draws": 1000, "seed": 5, "keep": library.RELOCOST_KEEP_TOTALS}
    options = ffi.new("relocost_simulate_options *", given)
    simulation = library.give("relocost_simulate", scenario, options)
    total = (b"permanent", len(b"permanent"), b"total", len(b"total"))
    statistics = ffi.new("relocost_statistics *", {"size": ffi.sizeof("relocost_statistics")})
    library.call("relocost_simulation_statistics", simulation, *total, statistics)
    draws = ffi.new("double[]", 1000)
    library.call("relocost_simulation_kept_draws", simulation, *total, draws, 1000, NULL)
    ordered = sorted(draws)
    assert (ordered[0], ordered[799], ordered[-1]) == (statistics.least, statistics.p80, statistics.most)
    assert library.number("relocost_simulation_quantile", simulation, *total, 0.8) == statistics.p80

    options.threads = 1
    again = library.give("relocost_simulate", scenario, options)
    texts = [library.text("relocost_simulation_write", it, library.RELOCOST_JSON) for it in (simulation, again)]
    assert texts[0] == texts[1] and json.loads(texts[0])["pathways"]["permanent"]["total"]["mean"] == statistics.mean
    error = fails("relocost_simulation_quantile", simulation, b"none", 4, b"total", 5, 0.8)
    assert error.number == library.RELOCOST_UNKNOWN_FIGURE, error


def documents():
    """The bytes of a page and of a workbook, which outlive the scenario that they are about."""
    scenario = library.load(golden.GOLDEN / "family-of-five.toml")
    options = ffi.new("relocost_simulate_options *", {"size": ffi.sizeof("relocost_simulate_options"), "draws": 100})
    page = library.give("relocost_report", scenario, library.RELOCOST_HTML_EN, options)
    book = library.give("relocost_workbook", scenario, library.RELOCOST_XLSX_FR, NULL)
    error = fails("relocost_workbook", scenario, library.RELOCOST_JSON, NULL)
    assert error.number == library.RELOCOST_UNKNOWN_CHOICE, error
    del scenario
    gc.collect()
    bytes_of = library.number("relocost_document_bytes", page)
    assert library.said(bytes_of).startswith('<!DOCTYPE html>\n<html lang="en">')
    bytes_of = library.number("relocost_document_bytes", book)
    assert ffi.buffer(bytes_of.data, 2)[:] == b"PK"


def header():
    """Nothing of the header gets lost on its way, or passes that is not understood."""
    listed = (HERE / "abi.txt").read_text(encoding="utf-8").splitlines()
    symbols = {line.removeprefix("symbol: ") for line in listed if line.startswith("symbol: ")}
    assert symbols == {name for name in dir(library.lib) if name.startswith("relocost_")}
    for line in listed:
        name, _, rest = line.partition(": size ")
        if rest and "." not in name:
            assert ffi.sizeof(name) == int(rest), line
    for directive in (
        "#if 1",
        "#pragma pack(1)",
        '#include "other.h"',
        "#define RELOCOST_HALF 0.5",
        "#undef RELOCOST_OK",
    ):
        try:
            declarations(f"int a;\n{directive}\n")
        except ValueError as error:
            assert str(error).startswith("relocost.h:2: "), error
        else:
            raise AssertionError(directive)


header()
wrong_inputs()
shared_wrong_inputs()
progress()
simulations()
documents()
gc.collect()
golden.check(ask)
