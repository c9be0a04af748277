"""The C library through cffi, straight from its header: nothing of it is written down a second time.

    from relocost_cffi import Library

    library = Library("librelocost.so.1", "include/relocost.h")
    scenario = library.load("family.toml")
    comparison = library.give("relocost_compare", scenario, library.ffi.NULL)
    print(library.text("relocost_result_text", comparison, library.RELOCOST_FIGURE_EXTRA))

Every function of the header is called by its name. What follows the header's conventions has three ways of calling it:
`call` raises what is wrong, `give` also answers the new handle, which frees itself, and `text` asks for the size first.
For analysts there is the package `relocost`, which needs none of this.
"""

from collections import namedtuple
from pathlib import Path

import cffi
from header import constants, declarations

Finding = namedtuple("Finding", "number name file line column key message")


class RelocostError(Exception):
    """The findings of a call, all of them: `findings`, of which the first has the `number` of the status."""

    def __init__(self, number, name, findings=()):
        super().__init__("\n".join(it.message for it in findings) or name)
        self.number, self.name, self.findings = number, name, findings


class Library:
    """The library at `path`, called as the header at `header` declares; the header's numbers are attributes."""

    def __init__(self, path, header):
        text = Path(header).read_text(encoding="utf-8")
        self.ffi = cffi.FFI()
        self.ffi.cdef(declarations(text))
        self.lib = self.ffi.dlopen(str(path))
        vars(self).update(constants(text))
        found = self.lib.relocost_abi_version()
        if found != self.RELOCOST_ABI_VERSION:
            raise RuntimeError(
                f"the library has ABI version {found}; expected {self.RELOCOST_ABI_VERSION}, the header's"
            )

    def call(self, function, *arguments):
        """Calls a function and raises RelocostError if it fails. A last parameter `error` is passed here."""
        declared = self.ffi.typeof(getattr(self.lib, function)).args
        with_error = len(declared) == len(arguments) + 1 and declared[-1] is self.ffi.typeof("relocost_error **")
        error = self.ffi.new("relocost_error **") if with_error else None
        status = getattr(self.lib, function)(*arguments, *([error] if with_error else []))
        if status != self.RELOCOST_OK:
            findings = []
            if with_error and error[0] != self.ffi.NULL:
                findings = self.findings(self.owned(error[0]))
            raise RelocostError(status, self.ffi.string(self.lib.relocost_status_name(status)).decode(), findings)

    def give(self, function, *arguments):
        """Calls a function that gives a handle after `arguments`, and answers the handle."""
        handle = self.ffi.new(self.ffi.typeof(getattr(self.lib, function)).args[len(arguments)].item.cname + " *")
        self.call(function, *arguments, handle)
        return self.owned(handle[0])

    def owned(self, handle):
        """A handle that is freed when nothing refers to it any more."""
        return self.ffi.gc(handle, getattr(self.lib, self.ffi.typeof(handle).item.cname + "_free"))

    def text(self, function, *arguments):
        """Calls a function that copies a text after `arguments`, and answers the text; None where there is no value."""
        required = self.ffi.new("size_t *")
        buffer = self.ffi.NULL
        try:
            self.call(function, *arguments, buffer, 0, required)
        except RelocostError as error:
            if error.number == self.RELOCOST_NO_VALUE:
                return None
            if error.number != self.RELOCOST_SHORT_BUFFER:
                raise
        buffer = self.ffi.new("char[]", required[0])
        self.call(function, *arguments, buffer, required[0], required)
        return bytes(self.ffi.buffer(buffer, required[0] - 1)).decode()

    def number(self, function, *arguments):
        """Calls a function that puts a number after `arguments`, and answers it."""
        value = self.ffi.new(self.ffi.typeof(getattr(self.lib, function)).args[len(arguments)])
        self.call(function, *arguments, value)
        return value[0]

    def column(self, function, table, name):
        """A whole column as a cffi array (memoryview(ffi.buffer(it)) is one of its bytes): `function` fills it."""
        name = name.encode()
        at = self.number("relocost_table_find", table, name, len(name))
        rows = self.number("relocost_table_rows", table)
        filled = self.ffi.new(f"{self.ffi.typeof(getattr(self.lib, function)).args[2].item.cname}[]", rows)
        self.call(function, table, at, filled, rows, self.ffi.NULL)
        return filled

    def said(self, text):
        """A relocost_text as a text of Python; None where there is none."""
        return None if text.data == self.ffi.NULL else bytes(self.ffi.buffer(text.data, text.length)).decode()

    def findings(self, error):
        """Everything that an error object lists."""
        finding = self.ffi.new("relocost_finding *")
        listed = []
        for at in range(self.number("relocost_error_count", error)):
            self.call("relocost_error_finding", error, at, finding)
            name, file, key, message = map(self.said, (finding.name, finding.file, finding.key, finding.message))
            listed.append(Finding(finding.number, name, file, finding.line, finding.column, key, message))
        return listed

    def load(self, path):
        """The scenario of a file."""
        path = str(path).encode()
        return self.give("relocost_scenario_from_file", path, len(path), self.ffi.NULL)
