"""What examples/budget.cpp prints of a programme, on the standard input, against the programme's expected figures.

usage: budget.py EXPECTED.json
"""

import json
import re
import sys
from decimal import Decimal

expected = json.load(open(sys.argv[1], encoding="utf-8"))
years = expected["lines"]["as_planned"]["by_fiscal_year"]
avoidable = expected["extra"]["by_fiscal_year"]
values = {name: it["value"] for name, it in expected["values"]["within"]["agreements"].items()}
lines = sys.stdin.read().splitlines()
assert len(lines) == len(years) + len(values), lines
for line in lines[: len(years)]:
    year, planned, extra, p80 = re.fullmatch(r"(\d{4})  as planned (\S+), avoidable (\S+), P80 (\d+)", line).groups()
    assert (planned, extra) == (years[year], avoidable[year]), line
    # Chance adds arrivals to some programmes and moves grants: never a tenth of what this one costs.
    assert Decimal("0.9") < Decimal(p80) / Decimal(planned) < Decimal("1.1"), line
assert lines[len(years) :] == [f"{name}  worth {value}" for name, value in values.items()]
