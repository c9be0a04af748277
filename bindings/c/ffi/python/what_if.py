"""Compares a scenario's two solutions, and again with one parameter changed: a program to start from.

Usage: what_if.py LIBRARY HEADER SCENARIO.toml PARAMETER VALUE
   as: what_if.py librelocost.so.1 relocost.h family-of-five.toml lines.rent.amount 1400
"""

import sys
from decimal import Decimal

from relocost_cffi import Library, RelocostError


def main(path, header, file, parameter, value):
    library = Library(path, header)
    ffi, nothing = library.ffi, library.ffi.NULL
    scenario = library.load(file)

    parameter, value = parameter.encode(), value.encode()
    changed = library.give("relocost_scenario_with", scenario, parameter, len(parameter), value, len(value))
    for name, one in (("as it stands", scenario), ("changed", changed)):
        comparison = library.give("relocost_compare", one, nothing)
        extra = Decimal(library.text("relocost_result_text", comparison, library.RELOCOST_FIGURE_EXTRA))
        premium = library.text("relocost_result_text", comparison, library.RELOCOST_FIGURE_PREMIUM)
        print(f"{name}: extra {extra}, premium {premium}")

    # A ledger's columns, each filled in one call. An option is set in a struct of zeros with its size.
    options = ffi.new(
        "relocost_options *", {"size": ffi.sizeof("relocost_options"), "basis": library.RELOCOST_CONSTANT}
    )
    ledger = library.give("relocost_ledger", scenario, b"temporary", len(b"temporary"), options)
    entries = library.give("relocost_result_table", ledger, library.RELOCOST_TABLE_ENTRIES)
    months = library.column("relocost_table_fill_texts", entries, "month")
    minor = library.column("relocost_table_fill_minor", entries, "amount")
    zero = ffi.new("relocost_money *")
    library.call("relocost_table_currency", entries, zero)
    total = Decimal(sum(minor)).scaleb(-zero.decimals)
    currency = ffi.string(zero.currency).decode()
    print(f"{len(minor)} entries from {library.said(months[0])}: {total} {currency} in constant prices")


if __name__ == "__main__":
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except RelocostError as error:
        for it in error.findings:
            place = f"{it.file}:{it.line}:{it.column}: " if it.line else ""
            print(f"error {it.number} ({it.name}): {place}{it.key}: {it.message}", file=sys.stderr)
        sys.exit(1)
