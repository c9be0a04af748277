"""The C library through ctypes, with answers as Python values. Nothing here knows of spreadsheets.

Amounts, rates and premiums are exact decimal texts. A scenario is a text, and reaches no file.
"""

import ctypes
import json
import sys
from contextlib import ExitStack, contextmanager
from ctypes import POINTER, byref, c_char, c_char_p, c_int64, c_size_t, c_uint32, c_void_p
from pathlib import Path

ABI_VERSION = 1
OK, SHORT_BUFFER, NO_VALUE, NOT_OF_THIS_RESULT = 0, 9004, 9011, 9013
INTEGER, MONEY, DECIMAL, TEXT = 1, 2, 3, 4
FIGURES = {"extra": 3, "total": 5, "premium": 20}
TABLES = {
    "pathways": 1,
    "by_category": 2,
    "by_fiscal_year": 3,
    "by_fund": 4,
    "premium_curve": 5,
    "attribution": 6,
    "pathway_categories": 7,
    "pathway_fiscal_years": 8,
    "pathway_funds": 9,
    "pathway_lines": 10,
    "differences": 11,
    "entries": 20,
    "years_and_categories": 21,
    "points": 36,
}


class Text(ctypes.Structure):
    _fields_ = [("data", c_void_p), ("length", c_size_t)]

    def __str__(self):
        return ctypes.string_at(self.data, self.length).decode() if self.data else ""


class Finding(ctypes.Structure):
    _fields_ = [
        ("number", c_uint32),
        ("line", c_uint32),
        ("column", c_uint32),
        ("reserved", c_uint32),
        ("name", Text),
        ("message", Text),
        ("file", Text),
        ("key", Text),
    ]


class EstimateOptions(ctypes.Structure):
    _fields_ = [
        ("size", c_size_t),
        ("currency", Text),
        ("of_temporary", c_uint32),
        ("months", c_uint32),
        ("low", Text),
        ("high", Text),
    ]


HANDLE = c_void_p
OUT = POINTER(c_void_p)
# Bytes of a given length: a pointer to characters, and how many bytes.
BYTES = (c_char_p, c_size_t)
COPY = (POINTER(c_char), c_size_t, POINTER(c_size_t))

# The functions of the library that are called: the type that comes back, and those that are passed.
FUNCTIONS = {
    "relocost_abi_version": (c_uint32, []),
    "relocost_status_name": (c_char_p, [c_uint32]),
    "relocost_error_count": (c_uint32, [HANDLE, POINTER(c_size_t)]),
    "relocost_error_finding": (c_uint32, [HANDLE, c_size_t, POINTER(Finding)]),
    "relocost_error_free": (None, [HANDLE]),
    "relocost_scenario_from_text": (c_uint32, [*BYTES, c_void_p, OUT, OUT]),
    "relocost_scenario_with": (c_uint32, [HANDLE, *BYTES, *BYTES, OUT, OUT]),
    "relocost_scenario_free": (None, [HANDLE]),
    "relocost_compare": (c_uint32, [HANDLE, c_void_p, OUT, OUT]),
    "relocost_ledger": (c_uint32, [HANDLE, *BYTES, c_void_p, OUT, OUT]),
    "relocost_estimate": (c_uint32, [*BYTES, POINTER(EstimateOptions), OUT, OUT]),
    "relocost_result_text": (c_uint32, [HANDLE, c_uint32, *COPY]),
    "relocost_result_table": (c_uint32, [HANDLE, c_uint32, OUT]),
    "relocost_result_free": (None, [HANDLE]),
    "relocost_table_rows": (c_uint32, [HANDLE, POINTER(c_size_t)]),
    "relocost_table_columns": (c_uint32, [HANDLE, POINTER(c_size_t)]),
    "relocost_table_column_name": (c_uint32, [HANDLE, c_size_t, POINTER(Text)]),
    "relocost_table_column_kind": (c_uint32, [HANDLE, c_size_t, POINTER(c_uint32)]),
    "relocost_table_head": (c_uint32, [HANDLE, *COPY]),
    "relocost_table_integer": (c_uint32, [HANDLE, c_size_t, c_size_t, POINTER(c_int64)]),
    "relocost_table_copy_text": (c_uint32, [HANDLE, c_size_t, c_size_t, *COPY]),
    "relocost_table_free": (None, [HANDLE]),
}


class RelocostError(Exception):
    """The findings: rows of number, line, column, key and message."""

    def __init__(self, findings):
        super().__init__("; ".join(f"relocost {number}: {message}" for number, *_, message in findings))
        self.findings = findings


class Table:
    """The head, the names and kinds of columns, and rows of texts, integers where the kind says so, and None."""

    def __init__(self, head, names, kinds, rows):
        self.head, self.names, self.kinds, self.rows = head, names, kinds, rows


class Library:
    def __init__(self, path):
        library = ctypes.CDLL(str(path))
        version = library.relocost_abi_version
        version.restype, version.argtypes = FUNCTIONS["relocost_abi_version"]
        if version() != ABI_VERSION:
            raise RuntimeError("the add-in was built for another version of librelocost")
        for name, (result, arguments) in FUNCTIONS.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
        self._library = library

    def figures(self, text, changes, pathway, *names):
        """Figures of a pathway's ledger, or of the comparison if the pathway is None; None for one without a value."""
        with self._answer(text, changes, pathway) as result:
            return [self._figure(result, name) for name in names]

    def table(self, text, changes, pathway, name):
        """A table of a pathway's ledger, or of the comparison if the pathway is None."""
        with self._answer(text, changes, pathway) as result:
            return self._table(result, name)

    def estimate(self, cost, currency):
        options = EstimateOptions(size=ctypes.sizeof(EstimateOptions))
        code = currency.encode()
        held = ctypes.create_string_buffer(code)
        if code:
            options.currency = Text(ctypes.addressof(held), len(code))
        with self._made("relocost_estimate", "relocost_result_free", *_bytes(cost), byref(options)) as result:
            return self._table(result, "points")

    @contextmanager
    def _answer(self, text, changes, pathway):
        with self._scenario(text, changes) as scenario:
            if pathway is None:
                asked = self._made("relocost_compare", "relocost_result_free", scenario, None)
            else:
                asked = self._made("relocost_ledger", "relocost_result_free", scenario, *_bytes(pathway), None)
            with asked as result:
                yield result

    @contextmanager
    def _scenario(self, text, changes):
        with ExitStack() as held:

            def made(name, *arguments):
                return held.enter_context(self._made(name, "relocost_scenario_free", *arguments))

            scenario = made("relocost_scenario_from_text", *_bytes(text), None)
            for path, value in changes:
                scenario = made("relocost_scenario_with", scenario, *_bytes(path), *_bytes(value))
            yield scenario

    @contextmanager
    def _made(self, name, free, *arguments):
        """A handle that a function makes, freed at the end."""
        handle, error = c_void_p(), c_void_p()
        status = getattr(self._library, name)(*arguments, byref(handle), byref(error))
        if status != OK:
            try:
                findings = self._findings(error)
            finally:
                self._library.relocost_error_free(error)
            raise RelocostError(findings or [self._finding(status)])
        try:
            yield handle
        finally:
            getattr(self._library, free)(handle)

    def _findings(self, error):
        count, finding, found = c_size_t(), Finding(), []
        if error:
            self._well(self._library.relocost_error_count(error, byref(count)))
        for at in range(count.value):
            self._well(self._library.relocost_error_finding(error, at, byref(finding)))
            found.append((finding.number, finding.line, finding.column, str(finding.key), str(finding.message)))
        return found

    def _finding(self, status):
        return status, 0, 0, "", self._library.relocost_status_name(status).decode()

    def _well(self, status):
        if status != OK:
            raise RelocostError([self._finding(status)])

    def _copied(self, function, *arguments):
        required, capacity = c_size_t(), 256
        while True:
            buffer = ctypes.create_string_buffer(capacity)
            status = function(*arguments, buffer, capacity, byref(required))
            if status == SHORT_BUFFER and required.value > capacity:
                capacity = required.value
                continue
            if status == NO_VALUE:
                return None
            self._well(status)
            return buffer.value.decode()

    def _figure(self, result, name):
        return self._copied(self._library.relocost_result_text, result, FIGURES[name])

    def _table(self, result, name):
        library, table = self._library, c_void_p()
        status = library.relocost_result_table(result, TABLES.get(name, 0), byref(table))
        if status == NOT_OF_THIS_RESULT:
            message = "no such table; of a comparison e.g. differences or attribution, of a pathway's ledger entries"
            raise RelocostError([(status, 0, 0, "table", message)])
        self._well(status)
        try:
            rows, columns, text, number = c_size_t(), c_size_t(), Text(), c_uint32()
            self._well(library.relocost_table_rows(table, byref(rows)))
            self._well(library.relocost_table_columns(table, byref(columns)))
            names, kinds = [], []
            for at in range(columns.value):
                self._well(library.relocost_table_column_name(table, at, byref(text)))
                self._well(library.relocost_table_column_kind(table, at, byref(number)))
                names.append(str(text))
                kinds.append(number.value)
            return Table(
                json.loads(self._copied(library.relocost_table_head, table)),
                names,
                kinds,
                [[self._cell(table, row, at, kinds[at]) for at in range(len(kinds))] for row in range(rows.value)],
            )
        finally:
            library.relocost_table_free(table)

    def _cell(self, table, row, at, kind):
        if kind == INTEGER:
            value = c_int64()
            self._well(self._library.relocost_table_integer(table, row, at, byref(value)))
            return value.value
        return self._copied(self._library.relocost_table_copy_text, table, row, at)


def _bytes(text):
    # A half of a surrogate pair, which a cell may hold, is then no UTF-8, as the library says.
    encoded = text.encode("utf-8", "surrogatepass")
    return encoded, len(encoded)


def bundled():
    """The library that lies beside this folder, under its name on this system."""
    name = {"win32": "relocost.dll", "darwin": "librelocost.dylib"}.get(sys.platform, "librelocost.so")
    return Library(Path(__file__).resolve().parent.parent / name)
