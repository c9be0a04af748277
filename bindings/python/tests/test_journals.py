"""Journals of the command, in the programs that they are for: accepted by their own checks, with our balances."""

from __future__ import annotations

import csv
import io
import json
import pickle
import shutil
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

import relocost as rc

PROGRAM = str(Path(sys.executable).with_name("relocost"))
HOSTILE = '(a) "b\\\\" ; c | d: e, tag:x = 1  * ! {2026-01-01} @ https://x/y = \\'
LINE = f"""label = '{HOSTILE}', driver = "person", schedule = "monthly", currency = "JPY", source = "x\""""
SMALL = f"""
schema = 1
title = "TITLE"
currency = "JPY"
price_base_year = 2026
start = "2026-11"
horizon_months = 4
household = {{ reference = "HH-1", members = [{{ age = 40 }}] }}
categories = [{{ id = "a_b", label = '{HOSTILE}' }}, {{ id = "a-b", label = '{HOSTILE}' }}]
funds = [{{ id = "x_y", label = '{HOSTILE}' }}, {{ id = "2nd", label = '{HOSTILE}' }}]
lines = [
    {{ id = "rent", category = "a_b", amount = "501", {LINE} }},
    {{ id = "credit", category = "a-b", amount = "-7", {LINE} }},
]
[solutions.permanent]
label = "p"
kind = "permanent"
entitlements = []
[solutions.temporary]
label = "t"
kind = "temporary"
entitlements = []
funding = {{ x_y = "0.5", 2nd = "0.5" }}
"""
PAYMENTS = {
    "family": "month,line,category,amount,currency\n2026-03,short-let,,1500,EUR\n2026-05,short-let,,1400.25,EUR\n"
    "2026-04,,medical,333.33,EUR\n2026-04,permits,,-20,EUR\n",
    "small": "month,line,category,amount,currency\n2026-11,rent,,555,JPY\n2027-01,credit,,-9,JPY\n2026-12,,a_b,3,JPY\n",
}

PROGRAMME = """
schema = 1
catalogue = "reference"
programme = { first_fiscal_year = 2026, fiscal_years = 2 }
cases = [{ members = [{ age = 34 }], arrives = "2026-01" }]
agreements = [{ id = "a", label = "A", grants = [{ month = "2026-03", places = 1 }] }]
"""

Balances = dict[str, Decimal]


def relocost(*arguments: object) -> str:
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def hledger():
    program = shutil.which("hledger")
    if program is None:
        pytest.skip("hledger is not installed")

    def run(journal: str, *arguments: str) -> str:
        done = subprocess.run([program, "-f", "-", *arguments], input=journal, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def beancount():
    """Loads a journal: its entries, and nothing wrong with it."""
    loader = pytest.importorskip("beancount.loader")

    def load(journal: str, folder: Path) -> list:
        file = folder / "journal.beancount"
        file.write_text(journal, encoding="utf-8")
        check = str(Path(sys.executable).with_name("bean-check"))
        done = subprocess.run([check, str(file)], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        entries, errors, _ = loader.load_file(str(file))
        assert not errors
        return entries

    return load


@pytest.fixture(params=["family", "small", "ties"])
def scenario(request: pytest.FixtureRequest, golden: Path, tmp_path: Path) -> tuple[str, Path]:
    if request.param == "small":
        file = tmp_path / "small.toml"
        file.write_text(SMALL, encoding="utf-8")
        return "small", file
    return request.param, golden / {"family": "family-of-five.toml", "ties": "funding-ties.toml"}[request.param]


def component(name: str) -> str:
    plain = name.replace("_", "-")
    return plain[:1].upper() + plain[1:]


def table(figures: dict[str, str]) -> Balances:
    """Figures by category or fund under the names of their accounts; `a_b` and `a-b` of the small scenario differ."""
    names: Balances = {}
    for name, figure in figures.items():
        names[component(name) + ("-2" if component(name) in names else "")] = Decimal(figure)
    return {name: amount for name, amount in names.items() if amount}


def number(text: str) -> Decimal:
    return Decimal(text.split()[0].replace(",", ""))


def by_name(balances: Balances) -> tuple[Balances, Balances]:
    """Sums by category, and by fund as costs."""
    categories: Balances = defaultdict(Decimal)
    funds: Balances = defaultdict(Decimal)
    for account, amount in balances.items():
        parts = account.split(":")
        if parts[0] == "Expenses":
            categories[parts[1]] += amount
        else:
            assert parts[:2] == ["Equity", "Funds"], account
            funds[parts[2]] -= amount
    return {k: v for k, v in categories.items() if v}, {k: v for k, v in funds.items() if v}


def balances_of(hledger, journal: str, *arguments: str) -> list[Balances]:
    """The columns of a balance report."""
    rows = list(csv.reader(io.StringIO(hledger(journal, "balance", "--flat", "--no-total", "-O", "csv", *arguments))))
    columns: list[Balances] = [{} for _ in rows[0][1:]]
    for account, *cells in rows[1:]:
        if account not in ("total", "Total:"):
            for column, cell in zip(columns, cells, strict=True):
                column[account] = number(cell) if cell else Decimal(0)
    return columns


def pathway_of(name: str) -> str:
    return "permanent" if name == "ties" else "temporary"


def test_hledger_has_our_balances(hledger, scenario: tuple[str, Path]) -> None:
    name, file = scenario
    pathway = pathway_of(name)
    journal = relocost("journal", file, "--pathway", pathway, "--for", "hledger")
    hledger(journal, "check", "--strict")
    figures = json.loads(relocost("compare", file, "--format", "json"))["pathways"][pathway]
    (balances,) = balances_of(hledger, journal)
    assert by_name(balances) == (table(figures["by_category"]), table(figures["by_fund"]))
    for fund, amount in figures["by_fund"].items():
        (of_fund,) = balances_of(hledger, journal, "Expenses", f"tag:fund=^{fund}$")
        assert sum(of_fund.values()) == Decimal(amount), "the tag of a fund has what the fund pays"


def test_beancount_has_our_balances(beancount, scenario: tuple[str, Path], tmp_path: Path) -> None:
    name, file = scenario
    pathway = pathway_of(name)
    entries = beancount(relocost("journal", file, "--pathway", pathway, "--for", "beancount"), tmp_path)
    figures = json.loads(relocost("compare", file, "--format", "json"))["pathways"][pathway]
    balances: Balances = defaultdict(Decimal)
    of_funds: Balances = defaultdict(Decimal)
    for entry in entries:
        for posting in getattr(entry, "postings", None) or []:
            balances[posting.account] += posting.units.number
            if posting.account.startswith("Expenses:"):
                of_funds[posting.meta["fund"]] += posting.units.number
    assert by_name(balances) == (table(figures["by_category"]), table(figures["by_fund"]))
    assert of_funds == {fund: Decimal(amount) for fund, amount in figures["by_fund"].items()}


@pytest.fixture(params=["family", "small"])
def paid(request: pytest.FixtureRequest, golden: Path, tmp_path: Path) -> list[object]:
    """The arguments of a question about payments."""
    file = golden / "family-of-five.toml"
    if request.param == "small":
        file = tmp_path / "small.toml"
        file.write_text(SMALL, encoding="utf-8")
    payments = tmp_path / "payments.csv"
    payments.write_text(PAYMENTS[request.param], encoding="utf-8")
    return [file, payments]


def test_the_budget_report_of_hledger_shows_the_variance(hledger, paid: list[object]) -> None:
    file, payments = paid
    journal = relocost("journal", file, "--pathway", "temporary", "--payments", payments, "--for", "hledger")
    hledger(journal, "check", "--strict")
    found = json.loads(relocost("payments", file, payments, "--pathway", "temporary", "--format", "json"))["payments"]
    period = ["-b", found["from"], "-e", str(int(found["until"][:4]) + 1)]
    actual, budget = balances_of(hledger, journal, "--budget", "--empty", *period)
    for column, side in ((actual, "paid"), (budget, "model")):
        leaves = {account: amount for account, amount in column.items() if account.count(":") == 2}
        categories, funds = found["by_category"], found["by_fund"]
        of_lines = {row["line"]: Decimal(row[side]) for row in found["lines"] if row["line"] is not None}
        shown = {account: leaves.get(account, Decimal(0)) for account in leaves if account.startswith("Expenses:")}
        for line, amount in of_lines.items():
            own = [value for account, value in shown.items() if account.endswith(":" + component(line))]
            assert sum(own) == amount, (line, side)
        funds = {fund: row[side] for fund, row in funds.items()}
        assert by_name({account: v for account, v in leaves.items() if account.startswith("Equity:")})[1] == table(
            funds
        )
        whole = sum(Decimal(row[side]) for row in categories.values())
        assert whole == Decimal(found["total"][side]) == sum(Decimal(amount) for amount in funds.values())


def test_what_was_paid_is_in_beancount_beside_its_budget(beancount, paid: list[object], tmp_path: Path) -> None:
    file, payments = paid
    journal = relocost("journal", file, "--pathway", "temporary", "--payments", payments, "--for", "beancount")
    found = json.loads(relocost("payments", file, payments, "--pathway", "temporary", "--format", "json"))["payments"]
    spent: Balances = defaultdict(Decimal)
    steps: dict[str, list[tuple[int, Decimal]]] = defaultdict(list)
    for entry in beancount(journal, tmp_path):
        for posting in getattr(entry, "postings", None) or []:
            spent[posting.account] += posting.units.number
        if type(entry).__name__ == "Custom" and entry.type == "budget":
            account, interval, amount = (value.value for value in entry.values)
            assert interval == "monthly"
            steps[account].append((entry.date.year * 12 + entry.date.month, amount.number))
    budget: Balances = {}
    for account, of_account in steps.items():
        pairs = zip(of_account, of_account[1:], strict=False)
        budget[account] = sum((amount * (until - since) for (since, amount), (until, _) in pairs), Decimal(0))
    for balances, side in ((spent, "paid"), (budget, "model")):
        categories = {name: row[side] for name, row in found["by_category"].items()}
        funds = {name: row[side] for name, row in found["by_fund"].items()}
        assert by_name(balances) == (table(categories), table(funds))


def test_a_programme_is_accepted_by_both(hledger, beancount, whole: Path, tmp_path: Path) -> None:
    for number_of in ("01", "07", "13"):
        file = whole / "programmes" / f"random-{number_of}" / "programme.toml"
        figures = json.loads(relocost("programme", file, "--no-values", "--format", "json"))["lines"]["as_planned"]
        journal = relocost("journal", file, "--for", "hledger")
        hledger(journal, "check", "--strict")
        (balances,) = balances_of(hledger, journal)
        assert by_name(balances) == (table(figures["by_category"]), table(figures["by_fund"]))
        beancount(relocost("journal", file, "--for", "beancount"), tmp_path)


@pytest.mark.parametrize("program", ["hledger", "beancount", "csv"])
def test_python_writes_what_the_command_writes(program: str, scenario: tuple[str, Path], tmp_path: Path) -> None:
    name, file = scenario
    pathway, loaded = pathway_of(name), rc.load(file)
    wanted = relocost("journal", file, "--pathway", pathway, "--for", program)
    postings = loaded.ledger(pathway).postings()
    assert postings.journal(program) == wanted and postings.model == loaded.ledger(pathway).total
    assert (postings.pathway, postings.has_payments) == (pathway, False)
    written = tmp_path / "journal"
    assert postings.journal(program, written) is None and written.read_text(encoding="utf-8") == wanted
    if name in PAYMENTS:
        table = tmp_path / "payments.csv"
        table.write_text(PAYMENTS[name], encoding="utf-8")
        paid = loaded.payments(table, pathway)
        wanted = relocost("journal", file, "--pathway", pathway, "--payments", table, "--for", program)
        assert paid.postings().journal(program) == wanted
        assert (paid.postings().paid, paid.postings().has_payments) == (paid.total.paid, True)
    households = tmp_path / "households.csv"
    households.write_text("reference,count,members\nA,3,34\nB,1,41 38\n", encoding="utf-8")
    wanted = relocost("journal", file, "--pathway", pathway, "--households", households, "--for", program)
    rows = [{"reference": "A", "count": 3, "members": [34]}, {"reference": "B", "members": [41, 38]}]
    for given in (households, rows):
        assert loaded.caseload_postings(given, pathway).journal(program) == wanted


def test_python_books_a_programme_as_planned(tmp_path: Path) -> None:
    file = tmp_path / "programme.toml"
    file.write_text(PROGRAMME, encoding="utf-8")
    programme = rc.load_programme(file)
    postings = programme.postings()
    assert postings.model == programme.run().totals["as_planned"] and postings.pathway is None
    assert postings.journal("hledger") == relocost("journal", file, "--for", "hledger")
    assert postings.journal("csv", lang="fr") == relocost("journal", file, "--for", "csv", "--lang", "fr")
    assert pickle.loads(pickle.dumps(postings)) == postings
    assert "Housing" in postings.text() and "<table" in postings.html("fr")
    with pytest.raises(rc.RelocostError, match="hledger, beancount, csv"):
        postings.journal("gnucash")  # type: ignore[arg-type]
