"""The add-in in Calc gives the golden cents, and says what is wrong.

Usage: check.py LIBRARY FOLDER [OPTION OF SOFFICE]... A workbook with a formula for every figure is recalculated and
saved, and what the saved file says is compared with the golden files.
"""

import ctypes
import json
import re
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(HERE / "addin/pythonpath"), str(ROOT / "bindings/c/tests")]

import relocost_library  # noqa: E402
from example import lines_of  # noqa: E402
from functions import FUNCTIONS, display_name  # noqa: E402
from office import DESKTOP, properties, started, url  # noqa: E402
from relocost_cells import BESIDE  # noqa: E402

import golden  # noqa: E402

EXAMPLE, EXAMPLE_SCENARIO = HERE / "family-of-five.ods", ROOT / "examples/scenarios/family-of-five.toml"
EXTRA, PREMIUM, TEMPORARY = "165444.02", "0.691379108171", "404739.68"
WIDEST = 25  # columns of an array
wrong = []


def same(found, wanted, at):
    if found != wanted:
        wrong.append(f"{at}: {found} instead of {wanted}")


class Workbook:
    """A sheet of scenarios, a column for each; one of formulas, a row for each; one of arrays, one below another."""

    def __init__(self, office):
        self.document = office.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=True))
        for at, name in enumerate(("Scenarios", "Figures", "Arrays")):
            self.document.Sheets.insertNewByName(name, at)
        self.scenarios, self.figures, self.arrays = (self.document.Sheets.getByIndex(at) for at in range(3))
        self.columns, self.rows, self.array_row = 0, [], 0

    def scenario(self, text, column=None):
        lines = text.split("\n")
        if column is None:
            column, self.columns = self.columns, self.columns + 1
        cells = self.scenarios.getCellRangeByPosition(column, 0, column, len(lines) - 1)
        cells.setDataArray(tuple((line,) for line in lines))
        address = cells.AbsoluteName
        return address.replace("$Scenarios", "Scenarios")

    def ask(self, formula, wanted, at):
        """A formula as an analyst types it, and the number, text or error that its cell is to hold."""
        self.figures.getCellByPosition(0, len(self.rows)).FormulaLocal = formula
        self.rows.append((wanted, f"{at} {formula.split('(')[0]}"))

    def ask_array(self, formula, rows, columns):
        """Gives the first row of the array."""
        first = self.array_row
        cells = self.arrays.getCellRangeByPosition(0, first, columns - 1, first + rows - 1)
        cells.setArrayFormula(formula.replace("RELOCOST_", "relocost.calc.Functions."))
        self.array_row += rows
        return first

    def saved(self, path):
        self.document.calculateAll()
        self.document.storeToURL(url(path), properties(FilterName="calc8"))
        return cells_of(path)


def cells_of(path):
    """The content of a saved file: for each sheet the cells by row and column, each a kind and a text."""
    office, table, text = (
        f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text")
    )
    calc = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
    with zipfile.ZipFile(path) as pack:
        root = ElementTree.fromstring(pack.read("content.xml"))
    sheets = {}
    for sheet in root.iter(f"{table}table"):
        cells = sheets[sheet.get(f"{table}name")] = {}
        at_row = 0
        for row in sheet.iter(f"{table}table-row"):
            at, rows = 0, int(row.get(f"{table}number-rows-repeated", 1))
            for cell in row:
                repeated = int(cell.get(f"{table}number-columns-repeated", 1))
                kind = cell.get(f"{calc}value-type") or cell.get(f"{office}value-type")
                if kind is not None:
                    shown = "\n".join("".join(part.itertext()) for part in cell.iter(f"{text}p"))
                    if kind == "percentage":
                        kind = "float"
                    value = cell.get(f"{office}value") if kind == "float" else shown
                    for column in range(at, at + repeated):
                        cells.update({(line, column): (kind, value) for line in range(at_row, at_row + rows)})
                at += repeated
            at_row += rows
    return sheets


ERROR = ("error", "Err:502")


def number(wanted):
    return "number", wanted


def string(wanted):
    return "string", wanted


def agrees(found, wanted):
    """A double agrees with a decimal if it has its digits, which are at most 15."""
    kind, value = found or ("string", "")
    if wanted[0] == "number":
        return kind == "float" and Decimal(f"{float(value):.15g}") == Decimal(wanted[1])
    return (kind, value) == wanted


def ask_figures(book, scenario, name, wanted):
    """Every figure of a golden file that a cell can ask for, and its arrays."""
    for pathway, figures in wanted.get("pathways", {}).items():
        book.ask(f'=RELOCOST_TOTAL({scenario};"{pathway}")', number(figures["total"]), f"{name} {pathway}")
        book.ask(f'=RELOCOST_TOTAL_TEXT({scenario};"{pathway}")', string(figures["total"]), f"{name} {pathway}")
    for pair in wanted.get("comparisons", [wanted.get("comparison", {})]):
        if (pair.get("base", "permanent"), pair.get("alternative", "temporary")) != ("permanent", "temporary"):
            continue  # the functions compare no other pair; the totals of its pathways are asked for above
        for figure in pair.keys() & {"extra", "premium"}:
            shown, value = figure.upper(), pair[figure]
            book.ask(f"=RELOCOST_{shown}({scenario})", string("") if value is None else number(value), name)
            book.ask(f"=RELOCOST_{shown}_TEXT({scenario})", string(value or ""), name)
        if "attribution" in pair:
            rows = 200
            yield "comparison.differences", book.ask_array(f"=RELOCOST_comparison({scenario})", rows, 8), rows, pair
            first = book.ask_array(f'=RELOCOST_table({scenario};"attribution")', rows, 6)
            yield "comparison.attribution", first, rows, pair
    for pathway, figures in wanted.get("pathways", {}).items():
        rows = figures["entries"] + 2
        first = book.ask_array(f'=RELOCOST_ledger({scenario};"{pathway}")', rows, WIDEST)
        yield "ledger.entries", first, rows, figures


def heads(cells, first):
    """The names of an array's columns."""
    row = [cells.get((first, column)) for column in range(WIDEST)]
    return [cell[1] for cell in row if cell and cell[0] == "string"]


def block(cells, first, rows):
    """The rows of an array below its header, as dictionaries; what is beyond the array is no row."""
    found = [[cells.get((row, column)) for column in range(WIDEST)] for row in range(first + 1, first + rows)]
    return [dict(zip(heads(cells, first), row)) for row in found if row[0] and row[0][1] and row[0][0] != "error"]


def committed():
    """The columns of every table that Rust, Python, C and SQL have, by table; a fund has a column of its own."""
    lines = (ROOT / "tests/columns.txt").read_text().splitlines()
    tables = dict(line.split(": ") for line in lines if not line.startswith("#"))
    return {table: [column.split(" ")[0] for column in columns.split(", ")] for table, columns in tables.items()}


COLUMNS = committed()


def same_columns(cells, first, rows, table, name):
    """An array has the columns of its table and, beside them, its currency and the mark in every row."""
    found, wanted = heads(cells, first), [*COLUMNS[table], *BESIDE]
    if table == "ledger.entries":
        found, wanted = ([one for one in names if not one.startswith("fund_")] for names in (found, wanted))
    same(found, wanted, f"{name} columns of {table}")
    same({row["internal"] for row in block(cells, first, rows)}, {("string", "true")}, f"{name} mark of {table}")


def exact(cell):
    return Decimal(f"{float(cell[1]):.15g}")


def same_arrays(cells, asked, name):
    for table, first, rows, wanted in asked:
        found = block(cells, first, rows)
        if found:
            same_columns(cells, first, rows, table, name)
        if table == "ledger.entries":
            same(len(found), wanted["entries"], f"{name} entries")
            same(sum(exact(row["amount"]) for row in found), Decimal(wanted["total"]), f"{name} ledger")
            continue
        if table == "comparison.attribution":
            causes = {row["entitlement"][1]: exact(row["amount"]) for row in found}
            same(causes, {key: Decimal(amount) for key, amount in wanted["attribution"].items()}, f"{name} attribution")
            continue
        for part in ("total", "category", "fiscal_year", "fund"):
            extra = sum(exact(row["extra"]) for row in found if row["by"][1] == part)
            same(extra, Decimal(wanted["extra"]), f"{name} by {part}")


def same_figures(book, cells):
    for at, (wanted, name) in enumerate(book.rows):
        found = cells["Figures"].get((at, 0))
        if not agrees(found, wanted):
            wrong.append(f"{name}: {found} instead of {wanted}")


def test_golden(book, library):
    asked = []
    for expected, wanted, path in golden.files():
        name = expected.name
        scenario = book.scenario(golden.whole_text(library, path))
        before = len(book.rows)
        arrays = list(ask_figures(book, scenario, name, wanted))
        # A file of another pair has no totals either: they are those of the scenario's first file.
        assert len(book.rows) > before or path.name != name.replace(".expected.json", ".toml"), name
        asked.append((name, arrays))
    return asked


def test_one_cell(book, library, family):
    """A text in one cell, changes of parameters, and every way to be wrong."""
    one = book.scenario("")
    book.scenarios.getCellByPosition(book.columns - 1, 0).String = family
    book.ask(f"=RELOCOST_EXTRA({one})", number(EXTRA), "one cell")
    lines = book.scenario(family)
    book.ask(f'=RELOCOST_EXTRA({lines};"lines.rent.amount";950)', number(EXTRA), "the rent as it is")
    # The same change in the text itself.
    whole = golden.whole_text(library, EXAMPLE_SCENARIO)
    rent = re.compile(r'(id = "rent"\n(?:(?!\[).*\n)*?amount = )"950"')
    dearer, count = rent.subn(r'\g<1>"1400.5"', whole)
    assert count == 1
    dearer = book.scenario(dearer)
    return lines, dearer


def test_wrong(book, lines):
    empty = "Scenarios.$ZZ$1:$ZZ$5"
    number_in_it = book.scenario("schema = 1\n7")
    book.scenarios.getCellByPosition(book.columns - 1, 1).Value = 7
    elsewhere = book.scenario(
        'schema = 1\ncatalogue = "/etc/hostname"\nstart = "2026-03"\nhorizon_months = 12\nhousehold = { members = [] }'
    )
    secret = book.scenario(
        'schema = 1\ncatalogue = "reference"\nstart = "2026-03"\nhorizon_months = 12\n'
        'household = { members = [{ role = "witness", born = "Jane Doe" }] }'
    )
    huge = '"lines.rent.amount";"99999999999999.99"'
    for what, arguments, code in (
        ("wrong text", '"schema = 1"', 2002),
        ("empty range", empty, 2002),
        ("empty cell", "Scenarios.$ZZ$1", 2003),
        ("two columns", "Scenarios.$A$1:$B$5", 2003),
        ("a number in it", number_in_it, 2003),
        ("a file", elsewhere, 1007),
        ("a household's text", secret, None),
        ("unknown parameter", f'{lines};;"lines.nothing.amount";1', 2006),
        ("wrong value", f'{lines};;"lines.rent.amount";"much"', 2004),
        ("half a pair", f'{lines};;"lines.rent.amount"', 2002),
        ("unknown pathway", f'{lines};"nowhere"', 3003),
        ("more digits than a cell has", f"{lines};;{huge}", 2003),
    ):
        scenario, _, rest = arguments.partition(";")
        pathway, _, changes = rest.partition(";")
        others = f";{changes}" if changes else ""
        if pathway:
            book.ask(f"=RELOCOST_TOTAL({scenario};{pathway})", ERROR, what)
        else:
            book.ask(f"=RELOCOST_EXTRA({scenario}{others})", ERROR, what)
        first = book.ask_array(f"=RELOCOST_check({scenario};{pathway or chr(34) * 2}{others})", 5, 5)
        yield what, code, first
    book.ask("=RELOCOST_EXTRA()", ERROR, "nothing at all")
    book.ask('=RELOCOST_ESTIMATE("much")', ERROR, "no amount")
    book.ask('=RELOCOST_ESTIMATE(112000;"euro")', ERROR, "no currency")
    book.ask(f"=RELOCOST_CHECK({lines})", string(""), "nothing wrong")
    yield "nothing wrong", "", book.ask_array(f"=RELOCOST_check({lines})", 5, 5)


def same_checks(cells, checks):
    for what, code, first in checks:
        found, second = ([cells.get((first + row, column), ("string", ""))[1] for column in range(5)] for row in (0, 1))
        if code == "":
            same(found, [""] * 5, what)
        elif found == second:
            wrong.append(f"{what}: CHECK says the same twice")
        elif not found[4] or (code is not None and found[0] != str(code)):
            wrong.append(f"{what}: CHECK says {found} instead of {code}")
        same("Jane" in "".join(found), False, f"{what} repeats a household's text")


def test_estimate(book):
    """0.45 to 0.75 of 112,000, as the Court reported."""
    first = book.ask_array("=RELOCOST_estimate(112000)", 4, 6)
    return first, [("0.45", "162400", "50400"), ("0.6", "179200", "67200"), ("0.75", "196000", "84000")]


def same_estimate(cells, first, wanted):
    found = block(cells, first, 4)
    same(len(found), 3, "estimate")
    same_columns(cells, first, 4, "estimate.points", "estimate")
    for row, (premium, temporary, extra) in zip(found, wanted):
        figures = [exact(row[name]) for name in ("premium", "permanent", "temporary", "extra")]
        same(figures, [Decimal(premium), Decimal(112000), Decimal(temporary), Decimal(extra)], "estimate")


def test_stale(book, library):
    """Other text in the same cells gives the other figures."""
    other, wanted = ROOT / "tests/golden/single-witness.toml", ROOT / "tests/golden/single-witness.expected.json"
    first = len(book.rows)
    scenario = book.scenario(golden.whole_text(library, EXAMPLE_SCENARIO))
    column = book.columns - 1
    book.ask(f"=RELOCOST_EXTRA_TEXT({scenario})", string(EXTRA), "before")
    same(book.figures.getCellByPosition(0, first).String, EXTRA, "before other text")
    count = int(scenario.split("$")[-1])
    text = golden.whole_text(library, other)
    book.scenario(text + "\n" * (count - len(text.split("\n"))), column)
    same(
        book.figures.getCellByPosition(0, first).String,
        json.loads(wanted.read_text())["comparison"]["extra"],
        "other text in the same cells",
    )


def test_described(known):
    """The function wizard knows every function, with its arguments."""
    found = {}
    for at in range(known.Count):
        function = {value.Name: value.Value for value in known.getByIndex(at)}
        found[function["Name"]] = function["Description"], [it.Name for it in function["Arguments"] or ()]
    for name, (_, arguments, english, _) in FUNCTIONS.items():
        same(found.get(display_name(name)), (english, [argument[0][0] for argument in arguments]), display_name(name))


def test_example(office, folder):
    """The example as it is stored, and recalculated: its text is that of the scenario file, its figures the golden."""
    document = office.loadComponentFromURL(url(EXAMPLE), "_blank", 0, properties(Hidden=True))
    document.calculateAll()
    document.storeToURL(url(folder / "example.ods"), properties(FilterName="calc8"))
    figures = document.Sheets.getByName("What-if")
    before = figures.getCellRangeByName("C7").Value
    figures.getCellRangeByName("B11").Value = 950
    same(f"{figures.getCellRangeByName('C7').Value:.12f}", PREMIUM, "example, the rent as it is")
    same(before < figures.getCellRangeByName("C7").Value, True, "example, the premium falls with the rent")
    document.close(True)
    for path in (EXAMPLE, folder / "example.ods"):
        cells = cells_of(path)
        # The file writes the spaces before a line in a way of its own.
        lines = [line.strip() for line in lines_of(EXAMPLE_SCENARIO)]
        text = [cells["Scenario"].get((row, 0), ("", ""))[1] for row in range(1, len(lines) + 1)]
        same(text, lines, f"{path.name} text")
        same(f"{exact(cells['What-if'][5, 1]):f}", EXTRA, f"{path.name} extra")
        same(f"{Decimal(cells['What-if'][6, 1][1]):.12f}", PREMIUM, f"{path.name} premium")
        ledger = block(cells["Ledger"], 2, 1001)
        same(sum(exact(row["amount"]) for row in ledger), Decimal(TEMPORARY), f"{path.name} ledger")
        same(f"{exact(cells['Ledger'][0, 5]):f}", TEMPORARY, f"{path.name} sum of the ledger")
        same({row["table_currency"][1] for row in ledger}, {"EUR"}, f"{path.name} currency")


def test_version(path):
    """A library of another version of the binary interface is not used."""
    relocost_library.ABI_VERSION += 1
    try:
        relocost_library.Library(path)
        wrong.append("a library of another version is used")
    except RuntimeError:
        pass
    finally:
        relocost_library.ABI_VERSION -= 1


def main(path, folder, *options):
    folder, library = Path(folder), ctypes.CDLL(path)
    test_version(path)
    family = "\n".join(lines_of(EXAMPLE_SCENARIO))
    with started(*options) as service:
        office = service(DESKTOP)
        book = Workbook(office)
        asked = test_golden(book, library)
        lines, dearer = test_one_cell(book, library, family)
        pair = len(book.rows)
        book.ask(f"=RELOCOST_EXTRA_TEXT({dearer})", None, "a rent in the text")
        book.ask(f'=RELOCOST_EXTRA_TEXT({lines};"lines.rent.amount";1400.5)', None, "a rent in a cell")
        book.ask(f'=RELOCOST_EXTRA_TEXT({lines};"lines.rent.amount";"1400.50")', None, "a rent in a text")
        checks = list(test_wrong(book, lines))
        estimate = test_estimate(book)
        cells = book.saved(folder / "figures.ods")
        dear = [cells["Figures"].get((pair + at, 0)) for at in range(3)]
        same(dear, dear[:1] * 3, "a change is that of the text")
        same(dear[0] not in (None, ("string", EXTRA)) and dear[0][0] == "string", True, "a change changes something")
        book.rows[pair : pair + 3] = [(dear[0], "a change")] * 3
        same_figures(book, cells)
        for name, arrays in asked:
            same_arrays(cells["Arrays"], arrays, name)
        same_checks(cells["Arrays"], checks)
        same_estimate(cells["Arrays"], *estimate)
        test_example(office, folder)
        test_stale(book, library)
        test_described(service("com.sun.star.sheet.FunctionDescriptions"))
    if wrong:
        sys.exit(f"{len(wrong)} differ:\n" + "\n".join(wrong[:50]))
    print(f"{len(asked)} golden and conformance files in {len(book.rows)} cells: the same cents")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
