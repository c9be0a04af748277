"""The model as a budget analyst writes it: plain Python, the standard library's `decimal`, one month after another.

Reads a scenario that stands by itself as JSON from standard input, and prints its figures and how long they took.
Every evaluation starts from scratch. Sixty digits are more than any factor of the example has, so its cents are
exact; for a tie among thirds no finite number of digits would do.

    python3 plain.py SAMPLES < scenario.json
"""

from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, getcontext
from math import factorial

import frame

getcontext().prec = 60
getcontext().rounding = ROUND_HALF_EVEN

MINOR_UNITS = {"JPY": 0, "KRW": 0, "XAF": 0, "XOF": 0, "UGX": 0, "RWF": 0, "CLP": 0, "VND": 0, "ISK": 0,
               "KWD": 3, "TND": 3, "BHD": 3, "JOD": 3, "OMR": 3, "IQD": 3, "LYD": 3}


def month_number(text):
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


class Scenario:
    """The scenario with its texts made numbers, and nothing computed yet."""

    def __init__(self, data):
        self.data = data
        self.start = month_number(data["start"])
        self.horizon = data["horizon_months"]
        self.fiscal_year_start = data.get("fiscal_year_start", 1)
        self.unit = Decimal(1).scaleb(-MINOR_UNITS.get(data["currency"], 2))
        household = data["household"]
        self.school_age = household.get("school_age", {"from": 4, "to": 17})
        self.working_age = household.get("working_age", {"from": 18, "to": 64})
        self.members = []
        for member in household["members"]:
            if "born" in member:
                born = month_number(member["born"])
            else:
                born = self.start - 12 * member["age"]
            joins = month_number(member["joins"]) if "joins" in member else born
            leaves = month_number(member["leaves"]) if "leaves" in member else None
            self.members.append({"born": born, "joins": joins, "leaves": leaves})
        self.entitlements = [each["id"] for each in data.get("entitlements", [])]
        self.categories = [each["id"] for each in data.get("categories", [])]
        self.funds = [each["id"] for each in data.get("funds", [])]
        self.solutions = data["solutions"]
        self.pathways = {name: [{"solution": name}] for name in self.solutions}
        for name, pathway in data.get("pathways", {}).items():
            self.pathways[name] = pathway["stages"]
        self.lines = data["lines"]
        self.profiles = {name: [(month, Decimal(share)) for month, share in profile["knots"]]
                         for name, profile in data.get("profiles", {}).items()}
        self.rates = data.get("rates", {})
        self.price_base_year = data.get("price_base_year")

    def fiscal_year(self, month):
        year, calendar_month = divmod(self.start + month, 12)
        return year if calendar_month + 1 >= self.fiscal_year_start else year - 1


def counts(member, month):
    """True if a member counts in an absolute month."""
    return max(member["born"], member["joins"]) <= month and (member["leaves"] is None or month < member["leaves"])


def driver_quantity(scenario, driver, members, month):
    ages = [(month - member["born"]) // 12 for member in members]
    if driver == "household":
        return Decimal(1 if ages else 0)
    if driver == "person":
        return Decimal(len(ages))
    if driver == "adult":
        return Decimal(sum(1 for age in ages if age >= 18))
    if driver == "minor":
        return Decimal(sum(1 for age in ages if age < 18))
    if driver == "school_age":
        return Decimal(sum(1 for age in ages if scenario.school_age["from"] <= age <= scenario.school_age["to"]))
    if driver == "working_age":
        return Decimal(sum(1 for age in ages if scenario.working_age["from"] <= age <= scenario.working_age["to"]))
    if driver == "equivalent_adult":
        if not ages:
            return Decimal(0)
        older = sum(1 for age in ages if age >= 14)
        younger = len(ages) - older
        if older == 0:
            return Decimal(1) + Decimal("0.3") * (younger - 1)
        return Decimal(1) + Decimal("0.5") * (older - 1) + Decimal("0.3") * younger
    raise ValueError("unknown driver")


def quantity(scenario, line, month):
    """Units of a line's driver in a month of the pathway."""
    now = scenario.start + month
    members = [member for member in scenario.members if counts(member, now)]
    if line["schedule"] == "on_join":
        if month == 0:
            return Decimal(0)
        members = [member for member in members if not counts(member, now - 1) and member["born"] != now]
    return driver_quantity(scenario, line["driver"], members, now)


def stages_of(scenario, stages, granted):
    """The stages that have a month before the horizon."""
    result = []
    begin = 0
    for stage in stages:
        end = scenario.horizon if stage.get("months") is None else min(begin + stage["months"], scenario.horizon)
        if begin < end:
            holds = set(scenario.solutions[stage["solution"]].get("entitlements", [])) | granted
            result.append({"solution": stage["solution"], "begin": begin, "end": end, "holds": holds})
        begin = end
    return result


def applies(line, stage):
    return (all(each in stage["holds"] for each in line["when"])
            and not any(each in stage["holds"] for each in line["unless"]))


def since_when(stages, number, holds):
    """The start of the first of the consecutive stages, up to this one, of which something holds."""
    begin = stages[number]["begin"]
    while number > 0 and holds(stages[number - 1]):
        number -= 1
        begin = stages[number]["begin"]
    return begin


def is_charged(scenario, line, stages, number, month):
    stage = stages[number]
    schedule = line["schedule"]
    if schedule == "on_exit":
        return month == stage["end"] - 1 and number + 1 < len(stages)
    if schedule == "on_join":
        return True
    clock = line.get("clock", "entitled")
    if clock == "entitled":
        k = month - since_when(stages, number, lambda other: applies(line, other))
    elif clock == "stage":
        k = month - stage["begin"]
    else:
        k = month
    (kind, rule), = schedule.items()
    if kind == "once":
        return k == rule.get("at", 0)
    first = rule.get("from", 0)
    if k < first or ("until" in rule and k >= rule["until"]):
        return False
    if kind == "monthly":
        return True
    if kind == "every":
        return (k - first) % rule["months"] == 0
    if kind == "calendar":
        return (scenario.start + month) % 12 + 1 in rule["months"]
    raise ValueError("unknown schedule")


def profile_share(knots, k):
    if k <= knots[0][0]:
        return knots[0][1]
    for (start, low), (end, high) in zip(knots, knots[1:]):
        if k <= end:
            return low + (high - low) * (k - start) / (end - start)
    return knots[-1][1]


def relief_share(scenario, line, stages, number, month):
    relief = line.get("relief")
    if relief is None:
        return Decimal(0)
    required = relief.get("requires", [])

    def earning(stage):
        return all(each in stage["holds"] for each in required)

    if not earning(stages[number]):
        return Decimal(0)
    if relief.get("needs"):
        now = scenario.start + month
        members = [member for member in scenario.members if counts(member, now)]
        if driver_quantity(scenario, relief["needs"], members, now) == 0:
            return Decimal(0)
    return profile_share(scenario.profiles[relief["profile"]], month - since_when(stages, number, earning))


def severity_mean(severity):
    (kind, given), = severity.items()
    if kind in ("normal", "lognormal", "gamma"):
        return Decimal(given["mean"])
    if kind == "uniform":
        return (Decimal(given["low"]) + Decimal(given["high"])) / 2
    if kind == "triangular":
        return (Decimal(given["low"]) + Decimal(given["mode"]) + Decimal(given["high"])) / 3
    if kind == "pert":
        shape = Decimal(given.get("shape", "4"))
        return (Decimal(given["low"]) + shape * Decimal(given["mode"]) + Decimal(given["high"])) / (shape + 2)
    if kind == "beta":
        low, high = Decimal(given["low"]), Decimal(given["high"])
        alpha, beta = Decimal(given["alpha"]), Decimal(given["beta"])
        return low + (high - low) * alpha / (alpha + beta)
    if kind == "discrete":
        values, weights = [Decimal(each) for each in given["values"]], [Decimal(each) for each in given["weights"]]
        return sum(weight * value for weight, value in zip(weights, values)) / sum(weights)
    if kind == "empirical":
        values = sorted(Decimal(each) for each in given["values"])
        if len(values) == 1:
            return values[0]
        return (values[0] / 2 + sum(values[1:-1]) + values[-1] / 2) / (len(values) - 1)
    raise ValueError("unknown severity")


def unit_price(line):
    if "event" in line:
        return Decimal(line["event"]["per_year"]) / 12 * severity_mean(line["event"]["severity"])
    return Decimal(line["amount"])


def rate(table, year):
    value = table.get(str(year), table.get("default"))
    if value is None:
        raise ValueError(f"no rate for {year}")
    return Decimal(value)


def index_factor(scenario, line, year, constant):
    if constant or line.get("index") is None:
        return Decimal(1)
    table = scenario.rates["index"][line["index"]]
    base = line.get("price_base_year", scenario.price_base_year)
    factor = Decimal(1)
    for each in range(base + 1, year + 1):
        factor *= 1 + rate(table, each)
    for each in range(year + 1, base + 1):
        factor *= 1 + rate(table, each)
    return 1 / factor if year < base else factor


def exchange_rate(scenario, line, year):
    if line["currency"] == scenario.data["currency"]:
        return Decimal(1)
    return rate(scenario.rates["fx"][line["currency"]], year)


def ledger(scenario, pathway, granted=frozenset(), constant=False):
    """Every charge of a pathway, in order."""
    entries = []
    stages = stages_of(scenario, scenario.pathways[pathway], granted)
    for number, stage in enumerate(stages):
        for month in range(stage["begin"], stage["end"]):
            year = (scenario.start + month) // 12
            for line in scenario.lines:
                if not applies(line, stage) or not is_charged(scenario, line, stages, number, month):
                    continue
                q = quantity(scenario, line, month)
                if q == 0:
                    continue
                value = (q * unit_price(line) * index_factor(scenario, line, year, constant)
                         * exchange_rate(scenario, line, year) * (1 - relief_share(scenario, line, stages, number, month)))
                amount = value.quantize(scenario.unit)
                if amount != 0:
                    entries.append({"month": month, "solution": stage["solution"], "line": line["id"],
                                    "category": line["category"], "amount": amount})
    return entries


def fund_parts(scenario, entry):
    """An entry's amount by fund, by largest remainder."""
    funding = scenario.solutions[entry["solution"]].get("funding", {})
    shares = funding.get("by_category", {}).get(entry["category"])
    if shares is None:
        shares = {fund: share for fund, share in funding.items() if fund != "by_category"}
    if not shares:
        shares = {scenario.funds[0]: "1"}
    exact = {fund: entry["amount"] * Decimal(share) for fund, share in shares.items()}
    return allot(exact, scenario.unit)


def allot(exact, unit):
    """Exact parts in whole units: floors, then the largest remainders, ties to the first."""
    parts = {key: value.quantize(unit, rounding=ROUND_FLOOR) for key, value in exact.items()}
    total = sum(exact.values()).quantize(unit)
    left = int((total - sum(parts.values())) / unit)
    for key in sorted(exact, key=lambda key: exact[key] - parts[key], reverse=True)[:left]:
        parts[key] += unit
    return parts


def table(pairs, order):
    """Sums by key, keys in order, without those that nothing feeds."""
    sums = {}
    for key, amount in pairs:
        sums[key] = sums.get(key, Decimal(0)) + amount
    return {key: sums[key] for key in order if key in sums}


def pathway_figures(scenario, pathway):
    nominal = ledger(scenario, pathway)
    constant = ledger(scenario, pathway, constant=True)
    years = range(scenario.fiscal_year(0), scenario.fiscal_year(scenario.horizon - 1) + 1)
    by_year = table(((scenario.fiscal_year(entry["month"]), entry["amount"]) for entry in nominal), years)
    growth = 1 + Decimal(scenario.rates.get("discount", "0"))
    present = sum((amount / growth ** (year - years[0]) for year, amount in by_year.items()), Decimal(0))
    funds = [(fund, part) for entry in nominal for fund, part in fund_parts(scenario, entry).items() if part != 0]
    return {
        "entries": len(nominal),
        "total": sum((entry["amount"] for entry in nominal), Decimal(0)),
        "constant": sum((entry["amount"] for entry in constant), Decimal(0)),
        "present_value": present.quantize(scenario.unit),
        "by_category": table(((entry["category"], entry["amount"]) for entry in nominal), scenario.categories),
        "by_fiscal_year": by_year,
        "by_fund": table(funds, scenario.funds),
        "by_line": table(((entry["line"], entry["amount"]) for entry in nominal), [line["id"] for line in scenario.lines]),
        "by_month": table(((entry["month"], entry["amount"]) for entry in nominal), range(scenario.horizon)),
    }


def total_with(scenario, pathway, granted):
    return sum((entry["amount"] for entry in ledger(scenario, pathway, frozenset(granted))), Decimal(0))


def missing(scenario, alternative, base):
    """The entitlements that some stage of the base holds and some stage of the alternative lacks."""
    of_base = [stage["holds"] for stage in stages_of(scenario, scenario.pathways[base], set())]
    of_alternative = [stage["holds"] for stage in stages_of(scenario, scenario.pathways[alternative], set())]
    return [each for each in scenario.entitlements
            if any(each in holds for holds in of_base) and any(each not in holds for holds in of_alternative)]


def attribute(scenario, alternative, base):
    """Shapley values of the extra cost over all sets of missing entitlements, one whole ledger for each set."""
    players, pathway, sign = missing(scenario, alternative, base), alternative, 1
    if not players:
        players, pathway, sign = missing(scenario, base, alternative), base, -1
    n = len(players)
    value = {}
    for subset in range(2 ** n):
        value[subset] = total_with(scenario, pathway, [each for i, each in enumerate(players) if subset >> i & 1])
    exact, alone, last = {}, {}, {}
    for i, player in enumerate(players):
        bit = 1 << i
        # Over n!, so that the division comes last.
        saved = sum(factorial(bin(subset).count("1")) * factorial(n - bin(subset).count("1") - 1)
                    * (value[subset] - value[subset | bit]) for subset in range(2 ** n) if not subset & bit)
        exact[player] = saved / factorial(n)
        alone[player] = sign * (value[0] - value[bit])
        last[player] = sign * (value[2 ** n - 1 - bit] - value[2 ** n - 1])
    shares = {player: sign * part for player, part in allot(exact, scenario.unit).items()} if players else {}
    return shares, alone, last


def difference(alternative, base):
    return {"base": base, "alternative": alternative, "extra": alternative - base,
            "premium": alternative / base - 1 if base > 0 else None}


def compare(scenario, alternative="temporary", base="permanent"):
    pathways = {name: pathway_figures(scenario, name) for name in scenario.pathways}
    a, b = pathways[alternative], pathways[base]
    shares, alone, last = attribute(scenario, alternative, base)
    total = difference(a["total"], b["total"])
    premium = total["premium"]

    def by(key, order):
        return {each: difference(a[key].get(each, Decimal(0)), b[key].get(each, Decimal(0)))
                for each in order if each in a[key] or each in b[key]}

    curve, sum_a, sum_b = {}, Decimal(0), Decimal(0)
    for month in range(scenario.horizon):
        sum_a += a["by_month"].get(month, Decimal(0))
        sum_b += b["by_month"].get(month, Decimal(0))
        curve[month + 1] = difference(sum_a, sum_b)
    if premium is None:
        band = None
    else:
        band = "below" if premium < Decimal("0.45") else "above" if premium > Decimal("0.75") else "within"
    years = range(scenario.fiscal_year(0), scenario.fiscal_year(scenario.horizon - 1) + 1)
    return {"pathways": pathways, "comparison": {
        "extra": total["extra"], "premium": premium, "band": band, "attribution": shares,
        "residual": total["extra"] - sum(shares.values()), "alone": alone, "last": last,
        "by_category": by("by_category", scenario.categories), "by_fiscal_year": by("by_fiscal_year", years),
        "by_fund": by("by_fund", scenario.funds), "premium_curve": curve}}


def written(figures, unit):
    """Figures as texts: amounts with the currency's decimals, premiums with twelve."""

    def write(value, key=None):
        if isinstance(value, dict):
            return {str(inner): write(each, inner) for inner, each in value.items() if inner != "by_month"}
        if isinstance(value, Decimal):
            rounded = value.quantize(Decimal(1).scaleb(-12) if key == "premium" else unit)
            return format(abs(rounded) if rounded == 0 else rounded, "f")
        return value

    return write(figures)


if __name__ == "__main__":
    frame.run(
        load=Scenario,
        figures=lambda scenario: written(compare(scenario), scenario.unit),
        compare=compare,
        ledger=lambda scenario: ledger(scenario, "temporary"),
        warm_up=1,
    )
