"""A programme whose futures are simulated, read from its file, with what households cost on their routes.

Arguments: the programme, its catalogue, the table of routes (see `benches/programme/routes.rs`), fiscal years, futures,
seed, workers, repetitions. Prints JSON: the seconds of the quickest repetition, and of every figure its mean, standard
deviation, P50, P80 and P95.
"""

from __future__ import annotations

import json
import math
import sys
import time
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

# What programme lines count, as rows of counts by month.
COUNTS = ["cases0", "cases1", "persons0", "persons1", "waiting", "processing", "arrivals", "given", "moves", "agreements"]
WITHIN = [6, 12, 24, 36]
FAR = 1 << 20  # months: never
LINES = ["as_signed", "as_planned", "all_settled", "extra"]


@dataclass
class Case:
    """A household and its course; months are on the programme's clock."""

    arrives: int
    persons: int
    ends: int = FAR
    suits: int = 0
    base: int = 0  # its first row in the table of routes
    course: tuple[int, int] | None = None  # solution and month of the move, if it does not queue
    placed: bool = False


@dataclass
class Agreement:
    solution: int
    signed: bool
    by_person: bool
    grants: list[tuple[int, int]]
    in_force: int
    until: int
    with_until: bool
    carry_over: bool
    in_hand: int
    processing: int
    law: list[tuple[float, int]]  # cumulated probability and months
    pauses: list[tuple[int, int]]
    max_persons: int
    slip: tuple[float, float, float] | None
    refusal: tuple[float, int]


@dataclass
class Line:
    """A line of the programme: what it counts, and the price of a unit by month, 0 where nothing is charged."""

    counts: list[int]  # rows that are added up; none for the programme itself
    per: int
    price: np.ndarray
    factor: int
    funding: np.ndarray


@dataclass
class Model:
    months: int
    years: int
    funds: list[str]
    factors: list[tuple[str, float, float]]  # law, and its two numbers; the last factor is 1
    support: list[int]
    solutions: list[str]
    queueing: list[Case]
    others: list[Case]
    arrivals: list[tuple[float, list[Case]]]  # the mean a month, and the household that arrives in each
    agreements: list[Agreement]
    names: list[str]
    lines: list[Line]
    table: np.ndarray  # by row: fiscal year, fund, factor
    event: tuple[float, float, float, np.ndarray, int]  # mean a person and month, mu, sigma, price by month, factor
    first_year: int
    figures: list[str] = field(default_factory=list)


def load(programme: str, catalogue: str, table: str, years: int) -> Model:
    file = tomllib.loads(Path(programme).read_text())
    prices = tomllib.loads(Path(catalogue).read_text())
    head, first, months = file["programme"], file["programme"]["first_fiscal_year"], 12 * years

    def clock(text: str) -> int:
        year, month = map(int, text.split("-"))
        return (year - first) * 12 + month - 1

    solutions = list(head["support_months"])
    funds = [fund["id"] for fund in prices["funds"]]
    agreements = [agreement(each, clock, months, head, solutions) for each in file["agreements"]]
    names = [each["id"] for each in file["agreements"]]

    def suits(entry: dict) -> int:
        return sum(1 << names.index(id) for id in entry.get("agreements", names))

    def block(arrives: int) -> int:
        return 1 + len(solutions) * (months - max(arrives, 0) + 1)

    queueing, others, base = [], [], 0
    for entry in file["cases"]:
        for copy in range(entry.get("count", 1)):
            ends = clock(entry["ends"]) if "ends" in entry else FAR
            case = Case(clock(entry["arrives"]) + copy * entry.get("every_months", 0), len(entry["members"]), ends)
            if "placed" in entry:
                case.course = (solutions.index(entry["placed"]["solution"]), clock(entry["placed"]["moves"]))
                case.placed = True
            elif "pathway" in entry:
                case.course = (solutions.index(entry["pathway"]), case.arrives)
            case.suits = suits(entry)
            if case.arrives < months:
                (queueing if case.course is None else others).append(case)
    for case in queueing:
        case.base, base = base, base + block(case.arrives)
    for case in others:
        case.base, base = base, base + 1
    arrivals = []
    for entry in file["arrivals"]:
        cases = []
        for month in range(months):
            cases.append(Case(month, len(entry["members"]), suits=suits(entry), base=base))
            base += block(month)
        arrivals.append((float(entry["per_year"]) / 12, cases))
    queueing.sort(key=lambda case: case.arrives)  # stable: those of a month as declared

    scaled = [each["parameter"].split(".")[1] for each in file["uncertain"]]
    factors = []
    for each in file["uncertain"]:
        [(law, numbers)] = each["distribution"].items()
        mean, sd = float(numbers["mean"]), float(numbers["sd"])
        if law == "lognormal":
            sigma = math.sqrt(math.log1p((sd / mean) ** 2))
            mean, sd = math.log(mean) - sigma**2 / 2, sigma
        factors.append((law, mean, sd))

    def factor(category: str) -> int:
        return scaled.index(category) if category in scaled else len(scaled)

    def growth(line: dict) -> np.ndarray:
        index = float(prices["rates"]["index"][line["index"]]["default"]) if "index" in line else 0.0
        rate = float(prices["rates"]["fx"]["USD"]["default"]) if line["currency"] == "USD" else 1.0
        return rate * (1 + index) ** (first + np.arange(months) // 12 - prices["price_base_year"])

    def own(line: dict) -> Line:
        charged = np.array([is_charged(line["schedule"], month) for month in range(months)], float)
        driver, count = line["driver"], line["driver"]["count"]
        kinds = {"temporary": [0], "permanent": [1]}.get(driver.get("kind"), [0, 1])
        if count == "programme":
            rows = []
        elif count in ("cases", "persons"):
            rows = [COUNTS.index(f"{count}{kind}") for kind in kinds]
        else:
            rows = [COUNTS.index(count)]
        shares = {fund: float(share) for fund, share in line.get("funding", {funds[0]: 1}).items()}
        funding = np.array([shares.get(fund, 0.0) for fund in funds])
        price = charged * float(line["amount"]) * growth(line)
        return Line(rows, driver.get("per", 1), price, factor(line["category"]), funding)

    [event] = [line for line in prices["lines"] if "event" in line]
    severity = {key: float(value) for key, value in event["event"]["severity"]["lognormal"].items()}
    sigma = math.sqrt(math.log1p((severity["sd"] / severity["mean"]) ** 2))
    mu = math.log(severity["mean"]) - sigma**2 / 2
    rows = np.fromfile(table).reshape(-1, years * len(funds), len(scaled) + 1)
    assert len(rows) == base, "the table of routes is another programme's"
    model = Model(
        months, years, funds, factors, [head["support_months"][solution] for solution in solutions], solutions,
        queueing, others, arrivals, agreements, names, [own(line) for line in head["lines"]], rows,
        (float(event["event"]["per_year"]) / 12, mu, sigma, growth(event), factor(event["category"])), first,
    )  # fmt: skip
    model.figures = figures(model)
    return model


def agreement(each: dict, clock, months: int, head: dict, solutions: list[str]) -> Agreement:
    if "grants" in each:
        declared = [(clock(grant["month"]), grant["places"]) for grant in each["grants"]]
    else:
        declared = [(month, each["places_per_year"]) for month in range(clock(each["from"]), months, 12)]
        declared = declared or [(clock(each["from"]), each["places_per_year"])]
    law, total = [], 0
    if "processing" in each:
        values, weights = each["processing"]["discrete"]["values"], each["processing"]["discrete"]["weights"]
        for value, weight in sorted(zip(values, weights)):
            total += weight
            law.append((total / sum(weights), value))
    slip = each["slip"]["triangular"] if "slip" in each else None
    refusal = each.get("refusal")
    return Agreement(
        solution=solutions.index(each.get("solution", "permanent")),
        signed=each.get("signed", False),
        by_person=each.get("unit") == "person",
        grants=[(month, places) for month, places in declared if 0 <= month < months],
        in_force=declared[0][0],
        until=clock(each["until"]) if "until" in each else FAR,
        with_until=each.get("until_slips", True),
        carry_over=each.get("carry_over", False),
        in_hand=each.get("in_hand", 0),
        processing=each.get("processing_months", head["processing_months"]),
        law=law,
        pauses=[(clock(pause["from"]), clock(pause["until"])) for pause in each.get("pauses", [])],
        max_persons=each.get("max_persons", FAR),
        slip=None if slip is None else (slip["low"], slip["mode"], slip["high"]),
        refusal=(float(refusal["probability"]), refusal["after_months"]) if refusal else (0.0, 1),
    )


def is_charged(schedule: dict, month: int) -> bool:
    if "monthly" in schedule:
        return True
    if "every" in schedule:
        every = schedule["every"]
        since = month - every.get("from", 0)
        return since >= 0 and since % every["months"] == 0
    return month % 12 + 1 in schedule["calendar"]["months"]


def figures(model: Model) -> list[str]:
    """The names of figures, in the order of their columns."""
    years = [model.first_year + year for year in range(model.years)]

    def saving(name: str) -> list[str]:
        return [name, *(f"{name}.{year}" for year in years), *(f"{name}.{fund}" for fund in model.funds)]

    names = []
    for line in LINES:
        names += saving(line) + [f"{line}.{year}.{fund}" for year in years for fund in model.funds]
    for each in ["joint", *(f"last.{id}" for id in model.names)]:
        names += saving(each)
    names += [f"within.{months}" for months in WITHIN if months <= model.months] + ["still_waiting", "lapsed", "refused"]
    return names + [f"{what}.{id}" for what in ("lapsed", "refused") for id in model.names]


def told(names: list[str], mean: np.ndarray, sd: np.ndarray, quantiles: np.ndarray) -> dict:
    """The figures under their names."""
    row = ("mean", "sd", "p50", "p80", "p95")
    return {name: dict(zip(row, (mean[at], sd[at], *quantiles[at]))) for at, name in enumerate(names)}


def run(prepare) -> None:
    """Runs a peer: `prepare` takes a model, futures and workers, and gives what takes a seed and tells figures."""
    programme, catalogue, table, years, draws, seed, workers, repeats = sys.argv[1:]
    model = load(programme, catalogue, table, int(years))
    work = prepare(model, int(draws), int(workers))
    seconds, result = math.inf, None
    for repeat in range(int(repeats)):
        start = time.perf_counter()
        result = work(int(seed) + repeat)
        seconds = min(seconds, time.perf_counter() - start)
    json.dump({"seconds": seconds, "futures": int(draws), "figures": result}, sys.stdout, default=float)
