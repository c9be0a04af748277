"""Cells as arguments of the library, and back. Nothing here knows of UNO.

A cell holds a text or a double. A double becomes a decimal of at most 15 digits, which is what a cell shows and what
one typed; an amount that 15 digits cannot say is refused instead of rounded, and can be had as text.
"""

from decimal import Decimal

from relocost_library import DECIMAL, INTEGER, MONEY, RelocostError

DIGITS = 15
MISSING, WRONG_KIND = 2002, 2003
# The facts in every array beside the columns of its table: the currency of its money, and its mark as internal.
BESIDE = ("table_currency", "internal")


def refuse(number, key, message, line=0):
    raise RelocostError([(number, line, 0, key, message)])


def scenario_of(cells):
    """The text of one cell, or of a column of cells, a line in each."""
    if isinstance(cells, str):
        lines = [cells]
    elif isinstance(cells, tuple):
        lines = []
        for at, row in enumerate(cells, 1):
            if len(row) != 1:
                refuse(WRONG_KIND, "scenario", "expected one cell or one column of cells, a line of the file in each")
            # An empty cell of a range is an empty line.
            line = "" if row[0] is None else row[0]
            if not isinstance(line, str):
                refuse(WRONG_KIND, "scenario", "a number; expected a line of text: format the cells as text first", at)
            lines.append(line)
    else:
        refuse(WRONG_KIND, "scenario", "expected the text of a scenario, in one cell or in a column of cells")
    text = "\n".join(lines)
    if not text.strip():
        refuse(MISSING, "scenario", "the cells are empty; expected the text of a scenario")
    return text


def decimal_of(cell, key):
    if isinstance(cell, str):
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if abs(cell) < 10**DIGITS:  # not so for what is no number at all
            return format(Decimal(format(cell, f".{DIGITS}g")), "f")
        refuse(WRONG_KIND, key, f"a number of more than {DIGITS} digits; expected it as text")
    refuse(WRONG_KIND, key, "expected a number, or a decimal as text")


def name_of(cell, key):
    """A name; None if it is left out."""
    if cell is None or isinstance(cell, str):
        return cell
    refuse(WRONG_KIND, key, "expected a text")


def changes_of(cells):
    """Pairs of a parameter's path and its value."""
    if len(cells) % 2 != 0:
        refuse(MISSING, "changes", "expected pairs: the path of a parameter, and its value")
    pairs = []
    for path, value in zip(cells[::2], cells[1::2]):
        if not isinstance(path, str):
            refuse(WRONG_KIND, "changes", "expected the path of a parameter, such as lines.rent.amount")
        pairs.append((path, decimal_of(value, path)))
    return pairs


def number_of(text):
    """The double of an amount, which shows the same digits."""
    if len(Decimal(text).as_tuple().digits) > DIGITS:
        refuse(WRONG_KIND, "", f"an amount of more than {DIGITS} digits; a cell has it only as text")
    return float(text)


def cell_of(value, kind):
    if value is None:
        return ""
    if kind == MONEY:
        return number_of(value)
    if kind in (INTEGER, DECIMAL):
        return float(value)
    return value


class Functions:
    """The functions of the add-in; each answers from its arguments alone, and remembers nothing."""

    def __init__(self, library):
        self.library = library

    def _figure(self, name, scenario, changes, pathway=None):
        (value,) = self.library.figures(scenario_of(scenario), changes_of(changes), pathway, name)
        return "" if value is None else value

    def total_text(self, scenario, pathway, changes):
        return self._figure("total", scenario, changes, name_of(pathway, "pathway") or "")

    def total(self, scenario, pathway, changes):
        return number_of(self.total_text(scenario, pathway, changes))

    def extra_text(self, scenario, changes):
        return self._figure("extra", scenario, changes)

    def extra(self, scenario, changes):
        return number_of(self.extra_text(scenario, changes))

    def premium_text(self, scenario, changes):
        return self._figure("premium", scenario, changes)

    def premium(self, scenario, changes):
        text = self.premium_text(scenario, changes)
        return float(text) if text else ""

    def table(self, scenario, name, pathway, changes):
        """A table of a pathway's ledger or, where no pathway is named, of the comparison: its columns as declared."""
        if not isinstance(name, str):
            refuse(WRONG_KIND, "table", "expected the name of a table, such as differences")
        pathway = name_of(pathway, "pathway") or None
        return array_of(self.library.table(scenario_of(scenario), changes_of(changes), pathway, name))

    def ledger(self, scenario, pathway, changes):
        pathway = name_of(pathway, "pathway") or ""
        return array_of(self.library.table(scenario_of(scenario), changes_of(changes), pathway, "entries"))

    def comparison(self, scenario, changes):
        return array_of(self.library.table(scenario_of(scenario), changes_of(changes), None, "differences"))

    def estimate(self, amount, currency):
        return array_of(self.library.estimate(decimal_of(amount, "amount"), name_of(currency, "currency") or ""))

    def check(self, scenario, pathway, changes):
        """The findings; nothing but empty cells if there are none."""
        try:
            if name_of(pathway, "pathway"):
                self.total(scenario, pathway, changes)
            else:
                self.extra(scenario, changes)
        except RelocostError as error:
            return rows_of(map(_row, error.findings))
        return rows_of([("",) * 5])


def array_of(table):
    """A table with its heads, and beside its columns what its head says."""
    beside = [table.head["currency"], str(table.head["internal"]).lower()]
    rows = [[cell_of(*pair) for pair in zip(row, table.kinds)] + beside for row in table.rows]
    return rows_of([[*table.names, *BESIDE], *rows])


def _row(finding):
    number, line, column, key, message = finding
    # Where there is no line or column, nothing is shown.
    return float(number), *(float(place) if place else "" for place in (line, column)), key, message


def rows_of(rows):
    """At least two rows: Calc repeats an array of one row as often as it has room."""
    rows = [tuple(row) for row in rows]
    return tuple(rows if len(rows) > 1 else rows + [("",) * len(rows[0])])
