"""The library through its Python package, and how long each call takes.

Reads a JSON object from standard input: `scenario`, the path of a file, and `households`, a table as CSV. Calls that
take a microsecond are measured many at a time; a call that is only dear the first time, on a result made for it alone.

    python3 binding.py SAMPLES < input.json
"""

import io
import json
import sys
import time

import pandas as pd
import relocost as rc

import frame

AT_A_TIME = 200  # calls of a microsecond in one sample


def many(samples, call):
    """The time of one call out of many."""

    def work():
        for _ in range(AT_A_TIME):
            call()

    return {key: each / AT_A_TIME for key, each in frame.seconds(max(samples // 10, 4), 2, work).items()}


def fresh(samples, make, call):
    """The time of a call on what has not been asked before."""
    times = []
    for warm in range(-samples // 10, samples):
        value = make()
        begin = time.perf_counter()
        call(value)
        if warm >= 0:
            times.append(time.perf_counter() - begin)
    times.sort()
    return {"median": times[len(times) // 2], "low": times[len(times) // 4], "high": times[len(times) * 3 // 4]}


def whole(caseload):
    """The other peer's figures, as the library's JSON has them."""

    def differences(table):
        return {str(key): difference(row) for key, row in table.items()}

    def difference(row):
        return {"base": str(row.base), "alternative": str(row.alternative), "extra": str(row.extra),
                "premium": None if row.premium is None else f"{row.premium:f}"}

    rows = caseload.households.to_pandas()
    columns = [rows[name] for name in ("reference", "base", "alternative", "extra", "premium")]
    return {
        "households": {reference: difference(rc.Difference(*row)) for reference, *row in zip(*columns)},
        "caseload": {
            **difference(rc.Difference(*(side.total for side in (caseload.base, caseload.alternative)), caseload.extra,
                                       caseload.premium)),
            "by_category": differences(caseload.by_category),
            "by_fiscal_year": differences(caseload.by_fiscal_year),
            "attribution": {name: str(amount) for name, amount in caseload.attribution.items()},
            "residual": str(caseload.residual),
        },
    }


def main():
    samples, given = int(sys.argv[1]), json.load(sys.stdin)
    s = rc.load(given["scenario"])
    table = pd.read_csv(io.StringIO(given["households"]), dtype=str)
    c, ledger = s.compare(), s.ledger("temporary")
    # Every call that is measured, by the name under which its figure is checked.
    calls = {
        "c.extra": lambda: c.extra,
        "c.premium": lambda: c.premium,
        "c.band": lambda: c.band,
        "c.base.total": lambda: c.base.total,
        "ledger.total": lambda: ledger.total,
        's.parameter("lines.rent.amount")': lambda: s.parameter("lines.rent.amount"),
        'c.attribution["work"]': lambda: c.attribution["work"],
        'c.by_category["housing"].extra': lambda: c.by_category["housing"].extra,
    }
    first = {
        'c.attribution["work"]': lambda c: c.attribution["work"],
        'c.by_category["housing"].extra': lambda c: c.by_category["housing"].extra,
        'c.by_fiscal_year[2027].extra': lambda c: c.by_fiscal_year[2027].extra,
        'c.premium_curve[12].premium': lambda c: c.premium_curve[12].premium,
        'c.base.by_line["rent"]': lambda c: c.base.by_line["rent"],
    }
    figures = {
        "comparison": c.to_dict(),
        "calls": {name: str(call()) for name, call in calls.items()},
        "first": {name: str(call(s.compare())) for name, call in first.items()},
        "caseload": whole(rc.caseload(s, table)),
    }
    times = {}
    if samples:
        times = {
            "load": frame.seconds(samples // 5, 20, lambda: rc.load(given["scenario"])),
            "ledger": frame.seconds(samples, 100, lambda: s.ledger("temporary")),
            "compare": frame.seconds(samples, 100, s.compare),
            "calls": {name: many(samples, call) for name, call in calls.items()},
            "first": {name: fresh(samples, s.compare, call) for name, call in first.items()},
            "caseload_of_one": frame.seconds(3, 1, lambda: rc.caseload(s, table, threads=1)),
            "caseload_of_all": frame.seconds(3, 1, lambda: rc.caseload(s, table)),
            "caseload_to_frame": frame.seconds(3, 1, lambda: rc.caseload(s, table).households.to_pandas()),
        }
    json.dump({"figures": figures, "times": times}, sys.stdout)


if __name__ == "__main__":
    main()
