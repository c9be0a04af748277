"""Makes the example workbook of a scenario file, with a LibreOffice that has the add-in.

Usage: example.py SCENARIO.toml OUT.ods [OPTION OF SOFFICE]...
"""

import re
import sys
import zipfile
from pathlib import Path

import uno
from com.sun.star.awt.FontWeight import BOLD
from com.sun.star.lang import Locale
from com.sun.star.sheet.ConditionOperator import FORMULA
from com.sun.star.table.CellHoriJustify import LEFT, RIGHT
from office import DESKTOP, properties, started, url

SHADE, INPUT = 0xDDE6EF, 0xFFF6D5
UNUSED = "Unused"
MONEY, SHARE, WHOLE = "#,##0.00", "0.00%", "0"
ENTRIES = 1000  # rows for a ledger


def columns_of(table):
    """The columns of a table that every face has, and the facts that an array has beside them."""
    lines = (Path(__file__).resolve().parents[3] / "tests/columns.txt").read_text().splitlines()
    columns = next(line.split(": ")[1] for line in lines if line.startswith(f"{table}: "))
    return [*(column.split(" ")[0] for column in columns.split(", ")), "table_currency", "internal"]


LEDGER = columns_of("ledger.entries")
WIDTHS = {  # of columns that are not of the usual width, in centimetres
    "stage": 1.6,
    "line": 5,
    "of": 4,
    "share": 2,
    "category": 3,
    "quantity": 2,
    "relief": 2,
    "fund_regular_budget": 3.8,
    "fund_special_fund_for_relocations": 6.4,
    "fund_host_state": 3.2,
    "source": 5,
    "table_currency": 3,
}


def lines_of(path):
    """A text reaches no file: the catalogue that lies beside the scenario is the one built in."""
    text = Path(path).read_text()
    return text.replace('"reference-catalogue.toml"', '"reference"').splitlines()


class Sheet:
    def __init__(self, document, name, at):
        document.Sheets.insertNewByName(name, at)
        self.document, self.sheet = document, document.Sheets.getByName(name)

    def put(self, where, value):
        cell = self.sheet.getCellRangeByName(where)
        if isinstance(value, str) and value.startswith("="):
            cell.FormulaLocal = value
        elif isinstance(value, str):
            cell.String = value
        else:
            cell.Value = value
        return cell

    def array(self, where, formula):
        """An array formula, with room for more rows than it has now: those show nothing instead of #N/A."""
        cells = self.sheet.getCellRangeByName(where)
        # An array has no local formula: the name of the function is written out.
        cells.setArrayFormula(formula.replace("RELOCOST_", "relocost.calc.Functions."))
        entry = cells.ConditionalFormat
        first = where.split(":")[0]
        entry.addNew(properties(Operator=FORMULA, Formula1=f"ISNA({first})", StyleName=UNUSED))
        cells.ConditionalFormat = entry

    def head(self, where):
        cells = self.sheet.getCellRangeByName(where)
        cells.CharWeight, cells.CellBackColor = BOLD, SHADE

    def format(self, where, code):
        formats, locale = self.document.NumberFormats, Locale("en", "GB", "")
        key = formats.queryKey(code, locale, False)
        self.sheet.getCellRangeByName(where).NumberFormat = formats.addNew(code, locale) if key == -1 else key

    def right(self, where):
        self.sheet.getCellRangeByName(where).HoriJustify = RIGHT

    def indent(self, *ranges):
        """Texts beside a column of numbers, away from them."""
        for where in ranges:
            cells = self.sheet.getCellRangeByName(where)
            cells.HoriJustify, cells.ParaIndent = LEFT, 250

    def widths(self, *centimetres):
        for at, width in enumerate(centimetres):
            self.sheet.Columns.getByIndex(at).Width = int(width * 1000)

    def freeze(self, controller, rows):
        controller.setActiveSheet(self.sheet)
        controller.freezeAtPosition(0, rows)


def styles(document):
    unused = document.createInstance("com.sun.star.style.CellStyle")
    document.StyleFamilies.getByName("CellStyles").insertByName(UNUSED, unused)
    unused.CharColor = 0xFFFFFF
    page = document.StyleFamilies.getByName("PageStyles").getByName("Default")
    page.IsLandscape, page.Width, page.Height = True, 29700, 21000
    page.ScaleToPagesX, page.ScaleToPagesY = 1, 0


def fill(document, lines):
    styles(document)
    scenario, what_if = Sheet(document, "Scenario", 0), Sheet(document, "What-if", 0)
    comparison, ledger = Sheet(document, "Comparison", 2), Sheet(document, "Ledger", 3)
    document.Sheets.removeByName(document.Sheets.getByIndex(4).Name)
    rows = len(lines) + 40  # room for more lines
    scenario.put("A1", "The scenario's file, a line in each cell")
    scenario.head("A1")
    scenario.sheet.getCellRangeByName(f"A2:A{rows}").NumberFormat = document.NumberFormats.getStandardFormat(
        256, Locale()
    )
    scenario.sheet.getCellRangeByName(f"A2:A{len(lines) + 1}").setDataArray(tuple((line,) for line in lines))
    scenario.sheet.getCellRangeByName(f"A2:A{rows}").CharFontName = "Liberation Mono"
    scenario.widths(24)
    document.NamedRanges.addNewByName(
        "scenario", f"$Scenario.$A$2:$A${rows}", uno.createUnoStruct("com.sun.star.table.CellAddress"), 0
    )

    what_if.put("A1", "What a temporary solution costs more than a permanent one")
    what_if.sheet.getCellRangeByName("A1").CharWeight = BOLD
    for at, word in enumerate(("", "as the file says", "with the changes", "difference")):
        what_if.put(f"{'ABCD'[at]}3", word)
    what_if.head("A3:D3")
    changes = '"lines.rent.amount";$B$11;"lines.short-let.amount";$B$12'
    for row, (label, call) in enumerate(
        (
            ("permanent", 'RELOCOST_TOTAL(scenario;"permanent"{})'),
            ("temporary", 'RELOCOST_TOTAL(scenario;"temporary"{})'),
            ("extra", "RELOCOST_EXTRA(scenario{})"),
            ("premium", "RELOCOST_PREMIUM(scenario{})"),
        ),
        4,
    ):
        what_if.put(f"A{row}", label)
        what_if.put(f"B{row}", "=" + call.format(""))
        what_if.put(f"C{row}", "=" + call.format(f";{changes}"))
        what_if.put(f"D{row}", f"=C{row}-B{row}")
    what_if.format("B4:D6", MONEY)
    what_if.format("B7:D7", SHARE)
    what_if.put("A10", "Change these")
    what_if.head("A10:D10")
    what_if.put("A11", "rent a month (lines.rent.amount)")
    what_if.put("B11", 1400)
    what_if.put("A12", "short let a month (lines.short-let.amount)")
    what_if.put("B12", 1250)
    what_if.format("B11:B12", MONEY)
    what_if.sheet.getCellRangeByName("B11:B12").CellBackColor = INPUT
    what_if.put("A14", "premium at a rent of")
    what_if.head("A14:D14")
    for row, rent in enumerate(range(700, 1600, 100), 15):
        what_if.put(f"A{row}", rent)
        what_if.put(f"B{row}", f'=RELOCOST_PREMIUM(scenario;"lines.rent.amount";A{row})')
    what_if.format("A15:A23", MONEY)
    what_if.format("B15:B23", SHARE)
    what_if.put("A25", "What is wrong (empty: nothing)")
    what_if.head("A25:E25")
    for at, word in enumerate(("line", "column", "key", "message")):
        what_if.put(f"{'BCDE'[at]}25", word)
    what_if.array("A26:E30", f'=RELOCOST_check(scenario;"";{changes})')
    what_if.right("B3:D3")
    what_if.widths(8.5, 4, 4, 4, 12)

    comparison.array("A1:H60", "=RELOCOST_comparison(scenario)")
    comparison.head("A1:H1")
    comparison.array("A62:F90", '=RELOCOST_table(scenario;"attribution")')
    comparison.head("A62:F62")
    for money in ("C2:E60", "B63:D90"):
        comparison.format(money, MONEY)
    comparison.format("F2:F60", SHARE)
    comparison.right("C1:F1")
    comparison.right("B62:D62")
    comparison.sheet.getCellRangeByName("B1:B60").HoriJustify = LEFT
    comparison.indent("G1:H60", "E62:F90")
    comparison.widths(4, 5, 3.2, 3.2, 3.2, 2.6, 3, 2.4)

    ledger.put("A1", "pathway")
    ledger.put("B1", "temporary").CellBackColor = INPUT
    ledger.put("D1", "sum of the entries")
    last = ENTRIES + 3
    at = {name: chr(ord("A") + place) for place, name in enumerate(LEDGER)}
    money = [name for name in LEDGER if name in ("unit_price", "amount") or name.startswith("fund_")]
    ledger.put("F1", f"=AGGREGATE(9;6;{at['amount']}4:{at['amount']}{last})").CharWeight = BOLD
    ledger.format("F1", MONEY)
    ledger.array(f"A3:{at['internal']}{last}", "=RELOCOST_ledger(scenario;$B$1)")
    ledger.head(f"A3:{at['internal']}3")
    for names, code in ((("month_index", "fiscal_year", "stage"), WHOLE), (money, MONEY)):
        for name in names:
            ledger.format(f"{at[name]}4:{at[name]}{last}", code)
    texts = ("solution", "place", "line", "of", "category", "currency", "source", "table_currency", "internal")
    ledger.indent(*(f"{at[name]}3:{at[name]}{last}" for name in texts))
    ledger.widths(*(WIDTHS.get(name, 2.6) for name in LEDGER))
    return what_if, ((comparison, 1), (ledger, 3), (scenario, 1))


def bare(path):
    """Takes out what is not of the workbook: when and with what it was made, a thumbnail, a printer."""
    with zipfile.ZipFile(path) as pack:
        parts = {item.filename: pack.read(item) for item in pack.infolist() if not item.is_dir()}
    parts = {name: data for name, data in parts.items() if not name.startswith(("Thumbnails", "Configurations2"))}
    meta = parts["meta.xml"].decode()
    parts["meta.xml"] = re.sub(r"<office:meta>.*</office:meta>", "<office:meta/>", meta, flags=re.S).encode()
    settings = parts["settings.xml"].decode()
    settings = re.sub(
        r'<config:config-item config:name="Printer\w+"[^>]*(/>|>[^<]*</config:config-item>)', "", settings
    )
    parts["settings.xml"] = settings.encode()
    manifest = parts["META-INF/manifest.xml"].decode()
    manifest = re.sub(r'\s*<manifest:file-entry manifest:full-path="(Thumbnails|Configurations2)[^>]*/>', "", manifest)
    parts["META-INF/manifest.xml"] = manifest.encode()
    # A reader knows the kind of file by this part, which is first and not compressed.
    names = ["mimetype", *sorted(parts.keys() - {"mimetype"})]
    with zipfile.ZipFile(path, "w") as pack:
        for name in names:
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            pack.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), parts[name], kind)


def main(scenario, out, *options):
    with started(*options) as service:
        document = service(DESKTOP).loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=True))
        first, frozen = fill(document, lines_of(scenario))
        document.calculateAll()
        controller = document.CurrentController
        for sheet, rows in frozen:
            sheet.freeze(controller, rows)
        controller.setActiveSheet(first.sheet)
        document.storeToURL(url(out), properties(FilterName="calc8"))
        document.close(True)
    bare(out)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
