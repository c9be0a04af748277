"""Four cases as they are: two countries and a third, a household that changes, a tariff by date, an overhead.

    python examples/real_cases.py [FOLDER]

FOLDER has the four scenarios; without one, it is that of this repository. Prints what the examples `real_cases` in Rust
and `cases` in C print. It is internal: where a household is, is as private as who is in it.
"""

from __future__ import annotations

import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import relocost as rc

SCENARIOS = Path(__file__).resolve().parents[3] / "examples" / "scenarios"


def decimal(exact: Fraction) -> Decimal:
    """A factor of an entry, which is an exact fraction, with its decimals."""
    return Decimal(exact.numerator) / exact.denominator


def two_countries(folder: Path) -> None:
    """The part of the extra cost that the places explain, and the cost of each place."""
    comparison = rc.load(folder / "two-countries.toml").compare("settled", "two-countries")
    print(f"two countries first: {comparison.extra} {comparison.currency} more")
    for cause, amount in comparison.attribution.items():
        print(f"  {cause}: {amount}")
    print(f"  residual: {comparison.attribution.residual}")
    for place, amount in comparison.pathways["two-countries"].by_place.items():
        print(f"  spent in the {place} country: {amount}")


def changing_family(folder: Path) -> None:
    """Who is paid for changes with the household."""
    ledger = rc.load(folder / "changing-family.toml").ledger("temporary")
    for line in ("care-of-the-elderly", "start-in-life", "joining-travel"):
        traced = ledger.explain(line=line)
        first, _ = traced.entries[0]
        print(f"{line}: {traced.total} in {len(traced.entries)} months from {first.month:%Y-%m}")


def tariff_in_april(folder: Path) -> None:
    """The tariff in force in each month, and the index on it."""
    before = None
    for entry in rc.load(folder / "tariff-in-april.toml").ledger("permanent"):
        now = entry.tariff, entry.index_factor
        if entry.line == "subsistence" and now != before:
            price, index = decimal(entry.unit_price), decimal(entry.index_factor)
            print(f"subsistence from {entry.month:%Y-%m}: {price} (tariff of {entry.tariff:%Y-%m}) x {index}")
            before = now


def trust_fund(folder: Path) -> None:
    """The payments of the trust fund, and its programme support."""
    for name, figures in rc.load(folder / "trust-fund.toml").compare().pathways.items():
        fund, support = figures.by_fund["special_fund_for_relocations"], figures.by_line["programme-support"]
        print(f"{name}: the trust fund pays {fund}, of which programme support {support}")


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else SCENARIOS
    for case in (two_countries, changing_family, tariff_in_april, trust_fund):
        case(chosen)
