"""A caseload as an expert of NumPy and pandas writes it: vectorised over the households, and exact to the cent.

Reads a JSON object from standard input: `scenario`, which stands by itself, and `households`, a table as CSV. It knows
what the family of five and the reference catalogue use, and no more: two solutions held from the first month to the
last, so that every clock counts from the start; members who are there from birth; amounts above 0; all paid by one
fund. It takes months of birth as members.

What a month costs a household depends on the line, on the quantity of its driver, and on whether anyone of working age
is there to earn. Each such amount is rounded once, as an exact quotient of whole numbers, into tables that are then
added up over the lines. A quantity changes only when somebody is born or comes of an age: a household's total is the
sum of what every such change adds until the horizon. The attribution is a sum of the same kind, its weights made whole.

    python3 caseload_frame.py SAMPLES < input.json
"""

import io
import json
import sys
from fractions import Fraction
from itertools import combinations
from math import factorial

import numpy as np
import pandas as pd

import frame as peers

MINOR = 100  # cents
BASE, ALTERNATIVE = "permanent", "temporary"


def month_number(text):
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


class Setting:
    """A scenario with its texts made numbers, and nothing computed yet."""

    def __init__(self, data):
        self.start, self.horizon = month_number(data["start"]), data["horizon_months"]
        months = self.start + np.arange(self.horizon)
        self.years, self.calendar = months // 12, months % 12 + 1
        self.fiscal_years = (months + 1 - data.get("fiscal_year_start", 1)) // 12
        household = data["household"]
        school, working = household.get("school_age", {}), household.get("working_age", {})
        self.school = school.get("from", 4), school.get("to", 17)
        self.working = working.get("from", 18), working.get("to", 64)
        self.categories = [each["id"] for each in data["categories"]]
        self.currency, self.price_base = data["currency"], data.get("price_base_year")
        self.index, self.fx = data["rates"].get("index", {}), data["rates"].get("fx", {})
        self.profiles = {name: [(month, Fraction(share)) for month, share in each["knots"]]
                         for name, each in data["profiles"].items()}
        self.lines = data["lines"]
        held = {name: frozenset(data["solutions"][name]["entitlements"]) for name in (BASE, ALTERNATIVE)}
        self.holds_base, self.holds_alternative = held[BASE], held[ALTERNATIVE]
        self.missing = [each["id"] for each in data["entitlements"]
                        if each["id"] in self.holds_base - self.holds_alternative]

    def relief(self, profile):
        """The share that is still needed, by month."""
        knots = self.profiles[profile]
        months = np.arange(self.horizon)
        needed = []
        for month in months.tolist():
            later = next((place for place, (knot, _) in enumerate(knots) if knot > month), len(knots))
            if later in (0, len(knots)):
                share = knots[min(later, len(knots) - 1)][1]
            else:
                (begin, low), (end, high) = knots[later - 1:later + 1]
                share = low + (high - low) * (month - begin) / (end - begin)
            needed.append(1 - share)
        return needed

    def prices(self, line):
        """The price of one unit by calendar year, in minor units."""
        price = line.get("amount")
        if price is None:
            event = line["event"]
            (_, severity), = event["severity"].items()  # every distribution in use gives its mean
            price = Fraction(event["per_year"]) / 12 * Fraction(severity["mean"])
        price, base = Fraction(price) * MINOR, line.get("price_base_year", self.price_base)

        def rate(table, year):
            return Fraction(table.get(str(year), table.get("default")))

        def growth(year):
            result = Fraction(1)
            if line.get("index"):
                for each in range(min(year, base) + 1, max(year, base) + 1):
                    result *= 1 + rate(self.index[line["index"]], each)
            return result if year >= base else 1 / result

        def exchange(year):
            return Fraction(1) if line["currency"] == self.currency else rate(self.fx[line["currency"]], year)

        return {year: price * growth(year) * exchange(year) for year in dict.fromkeys(self.years.tolist())}

    def charged(self, line):
        """In which months a line is charged, where it applies from the start."""
        months = np.arange(self.horizon)
        schedule = line.get("schedule", {"monthly": {}})
        if isinstance(schedule, str):  # nobody joins or leaves a stage
            return np.zeros(self.horizon, bool)
        (kind, rule), = schedule.items()
        if kind == "once":
            return months == rule.get("at", 0)
        first = rule.get("from", 0)
        result = (months >= first) & (months < rule.get("until", self.horizon))
        if kind == "every":
            result &= (months - first) % rule["months"] == 0
        if kind == "calendar":
            result &= np.isin(self.calendar, rule["months"])
        return result


def half_even(numerator, denominator):
    whole, rest = divmod(numerator, denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole & 1))


def states(setting, born, household, households):
    """The counts of each driver, by month and household: twice the tenths of a unit, and 1 if anyone earns."""

    def at_least(age):
        # Whoever comes of an age counts from that month on.
        month = np.maximum(born + (12 * age - setting.start), 0)
        within = month < setting.horizon
        count = np.zeros((setting.horizon, households), np.int16)
        np.add.at(count, (month[within], household[within]), 1)
        for later in range(1, setting.horizon):  # row by row, which is ten times as fast as cumsum down the columns
            count[later] += count[later - 1]
        return count

    ages = {age: at_least(age) for age in {0, 14, 18, setting.school[0], setting.school[1] + 1,
                                           setting.working[0], setting.working[1] + 1}}
    persons = ages[0]
    working = ages[setting.working[0]] - ages[setting.working[1] + 1]
    anyone = persons > 0
    tenths = {
        "household": 10 * anyone.astype(np.int16),
        "person": 10 * persons,
        "adult": 10 * ages[18],
        "school_age": 10 * (ages[setting.school[0]] - ages[setting.school[1] + 1]),
        # 1.0 for the first, 0.5 for each further one from 14 on, 0.3 for each younger one.
        "equivalent_adult": (3 * persons + 2 * np.maximum(ages[14], 1) + 5) * anyone,
    }
    earning = working > 0
    return {driver: 2 * each + earning for driver, each in tenths.items()}


def amounts(setting, line, used, size):
    """The cost of a line by month and state, without relief and with it; only states in use are filled."""
    plain, relieved = np.zeros((2, setting.horizon, size), np.int64)
    prices, relief = setting.prices(line), line.get("relief")
    needed = setting.relief(relief["profile"]) if relief else None
    # The flag tells whether anyone is of working age: other needs do not occur.
    always = not (relief and "needs" in relief)
    tenths = sorted({state >> 1 for state in used} - {0})
    idle = [2 * each for each in tenths]
    earning = [each + 1 for each in idle]

    def row(price):
        numerator, denominator = price.as_integer_ratio()
        return [half_even(numerator * each, 10 * denominator) for each in tenths]

    full = {year: row(price) for year, price in prices.items()}
    for month in np.flatnonzero(setting.charged(line)).tolist():
        year = int(setting.years[month])
        plain[month, idle] = plain[month, earning] = rest = full[year]
        if needed and needed[month] != 1:
            rest = row(prices[year] * needed[month])
        relieved[month, idle], relieved[month, earning] = rest if always else full[year], rest
    return plain, relieved


def allot(numerators, denominator):
    """Largest remainder in each column: floors, then the largest remainders, ties to the first."""
    parts, rests = np.divmod(numerators, denominator)
    left = rests.sum(axis=0) // denominator
    places = np.argsort(-rests, axis=0, kind="stable")
    np.put_along_axis(parts, places, np.take_along_axis(parts, places, 0) + (np.arange(len(parts))[:, None] < left), 0)
    return parts


def premiums(extra, base):
    """Extra as a share of base with twelve decimals, half to even, in two steps of six that 64 bits can hold."""
    known = base > 0
    below = np.where(known, base, 1)
    whole, rest = np.divmod(extra, below)
    for _ in range(2):
        digits, rest = np.divmod(rest * 10**6, below)
        whole = whole * 10**6 + digits
    whole += (2 * rest > below) | ((2 * rest == below) & (whole % 2 == 1))
    return pd.arrays.IntegerArray(whole, ~known)


def caseload(setting, table):
    """The households' totals as a frame in minor units, and the sums of all of them."""
    members = [text.split() for text in table["members"].tolist()]
    households = len(members)
    household = np.repeat(np.arange(households), [len(each) for each in members])
    born = np.array([each for row in members for each in row], "datetime64[M]").astype(np.int64) + 1970 * 12

    # Each line is a small game of its own over the entitlements that it names.
    missing, order = setting.missing, factorial(len(setting.missing))
    totals = np.zeros((2 + len(missing), households), np.int64)
    by_category = {category: np.zeros(2, np.int64) for category in setting.categories}
    by_month = np.zeros((2, setting.horizon), np.int64)
    for driver, state in states(setting, born, household, households).items():
        lines = [line for line in setting.lines if line["driver"] == driver]
        if not lines:
            continue
        # Nobody costs nothing: what is there in the first month changes from that.
        before = np.vstack([np.zeros((1, households), state.dtype), state[:-1]])
        month, who = np.nonzero(state != before)
        was, now = before[month, who], state[month, who]
        size = int(state.max()) + 1
        used = np.zeros((setting.horizon, size), np.int64)
        np.add.at(used, (month, now), 1)
        np.add.at(used, (month, was), -1)
        used = used.cumsum(axis=0)  # how many households are in each state, by month
        occurring = np.unique(now).tolist()

        sums = np.zeros((len(totals), setting.horizon, size), np.int64)
        for line in lines:
            plain, relieved = amounts(setting, line, occurring, size)
            when, unless = set(line.get("when", ())), set(line.get("unless", ()))
            requires = set(line["relief"].get("requires", ())) if "relief" in line else None

            def cost(holds):
                if not when <= holds or unless & holds:
                    return 0
                return relieved if requires is not None and requires <= holds else plain

            pair = cost(setting.holds_base), cost(setting.holds_alternative)
            for place, each in enumerate(pair):
                sums[place] += each
                of_all = (each * used).sum(axis=1)
                by_category[line["category"]][place] += of_all.sum()
                by_month[place] += of_all
            named = [each for each in missing if each in when | unless | (requires or set())]
            for player in named:
                others = [each for each in named if each != player]
                for count in range(len(named)):
                    weight = order // factorial(len(named)) * factorial(count) * factorial(len(named) - count - 1)
                    for granted in combinations(others, count):
                        holds = setting.holds_alternative.union(granted)
                        sums[2 + missing.index(player)] += weight * (cost(holds) - cost(holds | {player}))

        # The cost of a state from a month to the horizon.
        rest = sums[:, ::-1].cumsum(axis=1)[:, ::-1]
        for total, costs in zip(totals, rest):
            if costs.any():
                np.add.at(total, who, costs[month, now] - costs[month, was])

    base, alternative = totals[:2]
    extra = alternative - base
    rows = pd.DataFrame({"reference": table["reference"], "base": base, "alternative": alternative, "extra": extra,
                         "premium": premiums(extra, base)})
    by_year = pd.DataFrame(by_month.T).groupby(setting.fiscal_years).sum()
    attribution = allot(totals[2:], order).sum(axis=1)
    return rows, {
        "total": (base.sum(), alternative.sum()),
        "by_category": {category: pair for category, pair in by_category.items() if pair.any()},
        "by_fiscal_year": {year: pair for year, *pair in by_year.itertuples()},
        "attribution": dict(zip(missing, attribution)),
        "residual": extra.sum() - attribution.sum(),
    }


def written(rows, whole):
    """As the library's JSON has it, but for the rows, which are by reference."""

    def fixed(number, decimals):
        if number is pd.NA:
            return None
        digits = str(abs(int(number))).rjust(decimals + 1, "0")
        return ("-" if number < 0 else "") + digits[:-decimals] + "." + digits[-decimals:]

    def money(number):
        return fixed(number, 2)

    def difference(pair):
        base, alternative = (np.array([each]) for each in pair)
        premium, = premiums(alternative - base, base)
        return {"base": money(pair[0]), "alternative": money(pair[1]), "extra": money(pair[1] - pair[0]),
                "premium": fixed(premium, 12)}

    return {
        "households": {reference: {"base": money(base), "alternative": money(alternative), "extra": money(extra),
                                   "premium": fixed(premium, 12)}
                       for reference, base, alternative, extra, premium in rows.itertuples(index=False)},
        "caseload": {
            **difference(whole["total"]),
            "by_category": {name: difference(pair) for name, pair in whole["by_category"].items()},
            "by_fiscal_year": {str(year): difference(pair) for year, pair in whole["by_fiscal_year"].items()},
            "attribution": {name: money(amount) for name, amount in whole["attribution"].items()},
            "residual": money(whole["residual"]),
        },
    }


if __name__ == "__main__":
    samples, given = int(sys.argv[1]), json.load(sys.stdin)
    setting = Setting(given["scenario"])
    table = pd.read_csv(io.StringIO(given["households"]), dtype=str)
    result = {"figures": written(*caseload(setting, table)), "times": {}}
    if samples:
        result["times"]["caseload"] = peers.seconds(samples, 2, lambda: caseload(setting, table))
    json.dump(result, sys.stdout)
