"""The model as an expert writes it in pure Python, with the sharing of work and the exactness of the library.

Reads a scenario that stands by itself as JSON from standard input, and prints its figures and how long they took.

What does not change between evaluations is computed once: quantities by month, the price of a unit by line and year,
what is still needed by month of relief, and every rounded amount, kept by line, basis and start of the relief. Each
line is a small game of its own over the entitlements that it names, so that the attribution needs no evaluation of
the whole, and grants that leave a line's stages alike share a value. Prices and shares are exact quotients of whole
numbers, which Python multiplies and divides faster than it does decimals, let alone fractions: no rounding is ever in
doubt, and none needs a second look.

    python3 expert.py SAMPLES < scenario.json
"""

from fractions import Fraction
from itertools import accumulate
from math import factorial, gcd, lcm
from operator import add, or_

import frame

MINOR_UNITS = {"JPY": 0, "KRW": 0, "XAF": 0, "XOF": 0, "UGX": 0, "RWF": 0, "CLP": 0, "VND": 0, "ISK": 0,
               "KWD": 3, "TND": 3, "BHD": 3, "JOD": 3, "OMR": 3, "IQD": 3, "LYD": 3}
DRIVERS = ("household", "person", "adult", "minor", "school_age", "working_age", "equivalent_adult")
UNKNOWN = None


def month_number(text):
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def severity_mean(severity):
    (kind, given), = severity.items()
    if kind in ("normal", "lognormal", "gamma"):
        return Fraction(given["mean"])
    if kind in ("discrete", "empirical"):
        values = [Fraction(each) for each in given["values"]]
        if kind == "discrete":
            weights = [Fraction(each) for each in given["weights"]]
            return sum(map(lambda w, v: w * v, weights, values)) / sum(weights)
        values.sort()
        return values[0] if len(values) == 1 else (sum(values) - (values[0] + values[-1]) / 2) / (len(values) - 1)
    given = {key: Fraction(value) for key, value in given.items()}
    low, high = given["low"], given["high"]
    if kind == "uniform":
        return (low + high) / 2
    if kind == "triangular":
        return (low + given["mode"] + high) / 3
    if kind == "pert":
        shape = given.get("shape", Fraction(4))
        return (low + shape * given["mode"] + high) / (shape + 2)
    return low + (high - low) * given["alpha"] / (given["alpha"] + given["beta"])


class Line:
    """A line with its texts made numbers: what reading a scenario gives, before anything is computed."""

    __slots__ = ("number", "id", "category", "driver", "joining", "kind", "first", "until", "step", "months", "clock",
                 "when", "unless", "requires", "profile", "needs", "index", "currency", "base", "price", "named")

    def __init__(self, number, data, bits, base, minor):
        self.number, self.id, self.category = number, data["id"], data["category"]
        self.driver = DRIVERS.index(data["driver"])
        schedule = data["schedule"]
        if isinstance(schedule, str):
            self.kind, rule = schedule, {}
        else:
            (self.kind, rule), = schedule.items()
        self.joining = self.kind == "on_join"
        self.first, self.until, self.step = rule.get("from", 0), rule.get("until"), 1
        self.months = None
        if self.kind == "once":
            self.first = rule.get("at", 0)
            self.until = self.first + 1
        elif self.kind == "every":
            self.step = rule["months"]
        elif self.kind == "calendar":
            self.months = frozenset(month - 1 for month in rule["months"])
        self.clock = data.get("clock", "entitled")
        self.when, self.unless = bits(data["when"]), bits(data["unless"])
        relief = data.get("relief")
        self.requires = bits(relief.get("requires", [])) if relief else None
        self.profile = relief["profile"] if relief else None
        self.needs = DRIVERS.index(relief["needs"]) if relief and relief.get("needs") else None
        self.named = self.when | self.unless | (self.requires or 0)
        self.index, self.currency = data.get("index"), data["currency"]
        self.base = data.get("price_base_year", base)
        if "event" in data:
            price = Fraction(data["event"]["per_year"]) / 12 * severity_mean(data["event"]["severity"])
        else:
            price = Fraction(data["amount"])
        self.price = (price * minor / 10).as_integer_ratio()


class Scenario:
    """The scenario with its texts made numbers, and nothing computed yet."""

    def __init__(self, data):
        self.currency = data["currency"]
        self.decimals = MINOR_UNITS.get(self.currency, 2)
        self.start, self.horizon = month_number(data["start"]), data["horizon_months"]
        self.fiscal_year_start = data.get("fiscal_year_start", 1)
        household = data["household"]
        school, working = household.get("school_age", {}), household.get("working_age", {})
        self.school = school.get("from", 4), school.get("to", 17)
        self.working = working.get("from", 18), working.get("to", 64)
        self.members = []
        for member in household["members"]:
            born = month_number(member["born"]) if "born" in member else self.start - 12 * member["age"]
            joins = max(born, month_number(member["joins"])) if "joins" in member else born
            leaves = month_number(member["leaves"]) if "leaves" in member else None
            self.members.append((born, joins, leaves))
        self.entitlements = [each["id"] for each in data.get("entitlements", [])]
        place = {each: 1 << number for number, each in enumerate(self.entitlements)}

        def bits(ids):
            result = 0
            for each in ids:
                result |= place[each]
            return result

        self.categories = [each["id"] for each in data.get("categories", [])]
        self.funds = [each["id"] for each in data.get("funds", [])]
        self.solutions = {name: bits(each.get("entitlements", [])) for name, each in data["solutions"].items()}
        self.funding = {name: each.get("funding", {}) for name, each in data["solutions"].items()}
        self.pathways = {name: [(name, None)] for name in self.solutions}
        for name, pathway in data.get("pathways", {}).items():
            self.pathways[name] = [(stage["solution"], stage.get("months")) for stage in pathway["stages"]]
        self.profiles = {name: [(month, Fraction(share)) for month, share in each["knots"]]
                         for name, each in data.get("profiles", {}).items()}
        rates = data.get("rates", {})

        def table(each, more):
            def quotient(value):
                return (more + Fraction(value)).as_integer_ratio()

            given = {int(year): quotient(value) for year, value in each.items() if year not in ("default", "source")}
            return given, quotient(each["default"]) if "default" in each else None

        # Growth rather than increase.
        self.index = {name: table(each, 1) for name, each in rates.get("index", {}).items()}
        self.fx = {name: table(each, 0) for name, each in rates.get("fx", {}).items()}
        self.discount = Fraction(rates.get("discount", 0))
        base, minor = data.get("price_base_year"), 10 ** self.decimals
        self.lines = [Line(number, each, bits, base, minor) for number, each in enumerate(data["lines"])]


def quantities(scenario):
    """Tenths of a unit by driver, then by month: of all members that count, and of those that join."""
    start, horizon = scenario.start, scenario.horizon
    (school_from, school_to), (work_from, work_to) = scenario.school, scenario.working

    def count(ages_by_month):
        tables = [[0] * horizon for _ in DRIVERS]
        last, row = None, None
        for month, ages in enumerate(ages_by_month):
            if not ages:
                continue
            if ages != last:
                last, persons, adults, fourteen = ages, len(ages), 0, 0
                at_school = at_work = 0
                for age in ages:
                    adults += age >= 18
                    fourteen += age >= 14
                    at_school += school_from <= age <= school_to
                    at_work += work_from <= age <= work_to
                scale = 10 + 5 * (fourteen - 1) + 3 * (persons - fourteen) if fourteen else 7 + 3 * persons
                row = (10, 10 * persons, 10 * adults, 10 * (persons - adults), 10 * at_school, 10 * at_work, scale)
            for table, tenths in zip(tables, row):
                table[month] = tenths
        return tables

    everyone = [[] for _ in range(horizon)]
    joining = {}
    for born, first, leaves in scenario.members:
        begin = first - start
        end = horizon if leaves is None else min(leaves - start, horizon)
        age, rest = divmod(start + max(begin, 0) - born, 12)
        for month in range(max(begin, 0), end):
            everyone[month].append(age)
            rest += 1
            if rest == 12:
                age, rest = age + 1, 0
        if 0 < begin < end and born != first:
            joining.setdefault(begin, []).append((first - born) // 12)
    joiners = count([joining.get(month) for month in range(horizon)]) if joining else None
    return count(everyone), joiners


def still_needed(knots, horizon):
    """The share still needed after 0, 1, 2, ... months of relief, as quotients that are not reduced."""
    result = []
    first, share = knots[0]
    level = share.denominator - share.numerator, share.denominator
    result.extend([level] * min(first, horizon))
    for (begin, low), (end, high) in zip(knots, knots[1:]):
        if begin >= horizon:
            break
        if low == high:
            result.extend([(low.denominator - low.numerator, low.denominator)] * (min(end, horizon) - begin))
            continue
        start, step = 1 - low, (low - high) / (end - begin)
        denominator = start.denominator * step.denominator // gcd(start.denominator, step.denominator)
        top, slope = start.numerator * (denominator // start.denominator), step.numerator * (denominator // step.denominator)
        result.extend([(top + slope * k, denominator) for k in range(min(end, horizon) - begin)])
    share = knots[-1][1]
    result.extend([(share.denominator - share.numerator, share.denominator)] * (horizon - len(result)))
    return result


class Stage:
    __slots__ = ("solution", "begin", "end", "holds", "followed")

    def __init__(self, solution, begin, end, holds):
        self.solution, self.begin, self.end, self.holds, self.followed = solution, begin, end, holds, False


def route_of(scenario, pathway):
    """The stages that have a month before the horizon."""
    route, begin, horizon = [], 0, scenario.horizon
    for solution, months in scenario.pathways[pathway]:
        end = horizon if months is None else min(begin + months, horizon)
        if begin < end:
            if route:
                route[-1].followed = True
            route.append(Stage(solution, begin, end, scenario.solutions[solution]))
        begin = end
    return route


class Engine:
    """The part that all evaluations share."""

    def __init__(self, scenario):
        self.scenario = scenario
        start, horizon = scenario.start, scenario.horizon
        self.all, self.joiners = quantities(scenario)
        self.first_year = start // 12
        self.years = (start + horizon - 1) // 12 - self.first_year + 1
        self.year_of = [(start + month) // 12 - self.first_year for month in range(horizon)]
        used = {line.profile for line in scenario.lines if line.profile is not None}
        self.needed = {name: still_needed(scenario.profiles[name], horizon) for name in used}
        self.growth = {}
        fiscal = scenario.fiscal_year_start - 1
        self.first_fiscal = (start - fiscal) // 12
        self.fiscal_of = [(start - fiscal + month) // 12 for month in range(horizon)]

    def tenths(self, line):
        """The quantities of a line by month; none where there never is any."""
        tables = self.joiners if line.joining else self.all
        return tables[line.driver] if tables else None

    def growths(self, index, base):
        """Index factors by year, as quotients; a year whose increases are not all given stays open."""
        known = self.growth.get((index, base))
        if known is None:
            years, default = self.scenario.index[index]
            first, last = self.first_year, self.first_year + self.years
            known = self.growth[index, base] = [None] * self.years
            if first <= base < last:
                known[base - first] = 1, 1
            n = d = 1
            for year in range(base + 1, last):
                grows = years.get(year, default)
                if grows is None:
                    break
                n, d = n * grows[0], d * grows[1]
                if year >= first:
                    known[year - first] = n, d
            n = d = 1
            for year in range(base - 1, first - 1, -1):
                grows = years.get(year + 1, default)
                if grows is None:
                    break
                n, d = n * grows[1], d * grows[0]
                if year < last:
                    known[year - first] = n, d
        return known

    def prices(self, line):
        """The price of a tenth of a unit in minor units, by year, as quotients: of each year, and constant."""
        n, d = line.price
        if line.currency == self.scenario.currency:
            constant = [line.price] * self.years
        else:
            years, default = self.scenario.fx[line.currency]
            rates = [years.get(year, default) for year in range(self.first_year, self.first_year + self.years)]
            constant = [each and (n * each[0], d * each[1]) for each in rates]
        if line.index is None:
            return constant, constant
        growths = self.growths(line.index, line.base)
        return [price and growth and (price[0] * growth[0], price[1] * growth[1])
                for price, growth in zip(constant, growths)], constant


class Costs:
    """The rounded amounts of one line on one basis, each computed once."""

    __slots__ = ("engine", "line", "tenths", "earning", "prices", "strips")

    def __init__(self, engine, line, prices):
        self.engine, self.line, self.prices, self.strips = engine, line, prices, {}
        self.tenths = engine.tenths(line)
        self.earning = engine.all[line.needs] if line.needs is not None else None

    def runs(self, route, grant):
        """The stages in which the line is charged: their number, months and start of the relief."""
        line = self.line
        when, unless, requires, kind = line.when, line.unless, line.requires, line.kind
        since = relief_since = None
        for number, stage in enumerate(route):
            holds = stage.holds | grant
            begin = stage.begin
            if requires is not None and holds & requires == requires:
                if relief_since is None:
                    relief_since = begin
            else:
                relief_since = None
            if holds & when != when or holds & unless:
                since = None
                continue
            if since is None:
                since = begin
            if kind == "on_exit":
                if stage.followed:
                    yield number, range(stage.end - 1, stage.end), relief_since
                continue
            if kind == "on_join":
                yield number, range(max(begin, 1), stage.end), relief_since
                continue
            origin = since if line.clock == "entitled" else begin if line.clock == "stage" else 0
            first, step = origin + line.first, line.step
            if first < begin:
                first += -(-(begin - first) // step) * step
            end = stage.end if line.until is None else min(stage.end, origin + line.until)
            if first < end:
                yield number, range(first, end, step), relief_since

    def strip(self, months, relief_since):
        """The amounts by month of relief since one start, known at least for some months."""
        strip = self.strips.get(relief_since)
        if strip is None:
            strip = self.strips[relief_since] = [UNKNOWN] * self.engine.scenario.horizon
        if UNKNOWN in (strip[months.start:months.stop:months.step] if months.step > 1 else strip[months.start:months.stop]):
            self.fill(strip, months, relief_since)
        return strip

    def fill(self, strip, months, relief_since):
        tenths_of, prices, year_of = self.tenths, self.prices, self.engine.year_of
        calendar = self.line.months
        start = self.engine.scenario.start % 12
        needed = self.engine.needed[self.line.profile] if relief_since is not None else None
        earning = self.earning
        last_year = last_tenths = last_share = last = None
        n = d = 0
        for month in months:
            tenths = tenths_of[month]
            if not tenths or (calendar is not None and (start + month) % 12 not in calendar):
                strip[month] = 0
                continue
            share = needed[month - relief_since] if needed is not None and (earning is None or earning[month]) else None
            year = year_of[month]
            if share is last_share and year == last_year and tenths == last_tenths:
                strip[month] = last
                continue
            if year != last_year or tenths != last_tenths:
                price = prices[year]
                if price is None:
                    raise ValueError(f"a rate of line {self.line.id} is missing")
                n, d = price[0] * tenths, price[1]
            if share is None:
                q, r = divmod(n, d)
                r += r
                last = q + (r > d or (r == d and q & 1))
            else:
                below = d * share[1]
                q, r = divmod(n * share[0], below)
                r += r
                last = q + (r > below or (r == below and q & 1))
            last_share, last_year, last_tenths = share, year, tenths
            strip[month] = last

    def sum(self, route, grant):
        total = 0
        for _, months, relief_since in self.runs(route, grant):
            strip = self.strip(months, relief_since)
            total += sum(strip[months.start:months.stop:months.step])
        return total


def ledger(scenario, pathway):
    """Every charge of a pathway that does not round to nothing, by month and line."""
    engine = Engine(scenario)
    route = route_of(scenario, pathway)
    entries = []
    for line in scenario.lines:
        tenths = engine.tenths(line)
        if tenths:
            costs, number = Costs(engine, line, engine.prices(line)[0]), line.number
            for stage, months, relief_since in costs.runs(route, 0):
                strip = costs.strip(months, relief_since)
                entries += [(month, number, stage, tenths[month], relief_since, strip[month])
                            for month in months if strip[month]]
    entries.sort()
    return entries


def shares_of(scenario, solution, category):
    funding = scenario.funding[solution]
    shares = funding.get("by_category", {}).get(category)
    if shares is None:
        shares = {fund: share for fund, share in funding.items() if fund != "by_category"}
    if not shares:
        return [(scenario.funds[0], Fraction(1))]
    return [(fund, Fraction(share)) for fund, share in shares.items()]


def allot(numerators, denominator):
    """Largest remainder: floors, then the largest remainders, ties to the first."""
    parts = [divmod(each, denominator) for each in numerators]
    floors = [part for part, _ in parts]
    left = sum(rest for _, rest in parts) // denominator
    for place in sorted(range(len(parts)), key=lambda place: -parts[place][1])[:left]:
        floors[place] += 1
    return floors


class Totals:
    __slots__ = ("route", "entries", "by_line", "by_category", "by_fund", "by_month", "fed", "constant")

    def __init__(self, scenario, route):
        self.route, self.entries, self.constant = route, 0, 0
        self.by_line, self.by_category, self.by_fund = {}, {}, {}
        self.by_month, self.fed = [0] * scenario.horizon, bytearray(scenario.horizon)

    def add(self, costs, payers):
        line, route = costs.line, self.route
        total, entries, by_month, fed = 0, 0, self.by_month, self.fed
        for number, months, relief_since in costs.runs(route, 0):
            where = slice(months.start, months.stop, months.step)
            amounts = costs.strip(months, relief_since)[where]
            zeros = amounts.count(0)
            if zeros == len(amounts):
                continue
            entries += len(amounts) - zeros
            total_of_stage = sum(amounts)
            total += total_of_stage
            by_month[where] = list(map(add, by_month[where], amounts))
            fed[where] = bytes(map(or_, fed[where], map(bool, amounts))) if zeros else b"\1" * len(amounts)
            shares = payers(route[number].solution, line.category)
            by_fund = self.by_fund
            if len(shares) == 1:
                by_fund[shares[0][0]] = by_fund.get(shares[0][0], 0) + total_of_stage
                continue
            below = lcm(*(share.denominator for _, share in shares))
            parts_of = [share.numerator * (below // share.denominator) for _, share in shares]
            for minor in amounts:
                if minor:
                    for (fund, _), part in zip(shares, allot([minor * each for each in parts_of], below)):
                        if part:
                            by_fund[fund] = by_fund.get(fund, 0) + part
        if entries:
            self.entries += entries
            self.by_line[line.number] = total
            self.by_category[line.category] = self.by_category.get(line.category, 0) + total


class Games:
    """The sum of the games of all lines."""

    def __init__(self, scenario, players):
        self.players = players
        self.bits = sum(players)
        self.most = max((bin(line.named & self.bits).count("1") for line in scenario.lines), default=0)
        self.denominator = factorial(self.most)
        self.shapley = dict.fromkeys(players, 0)
        self.alone, self.last = dict.fromkeys(players, 0), dict.fromkeys(players, 0)
        self.weights = [[self.denominator // factorial(n) * factorial(k) * factorial(n - k - 1) for k in range(n)]
                        for n in range(self.most + 1)]

    def add(self, costs, route, known):
        line = costs.line
        named = line.named & self.bits
        if not named:
            return
        own = [bit for bit in self.players if bit & named]
        when, unless, requires = line.when, line.unless, line.requires
        seen, values = {}, []
        for subset in range(1 << len(own)):
            grant = 0
            for place, bit in enumerate(own):
                if subset >> place & 1:
                    grant |= bit
            applies = relieves = 0
            for stage in route:
                holds = stage.holds | grant
                applies = applies << 1 | (holds & when == when and not holds & unless)
                if requires is not None:
                    relieves = relieves << 1 | (holds & requires == requires)
            pattern = applies, relieves
            if not subset:
                seen[pattern] = known
            value = seen.get(pattern)
            if value is None:
                value = seen[pattern] = costs.sum(route, grant) if applies else 0
            values.append(value)
        full, weights = len(values) - 1, self.weights[len(own)]
        for place, player in enumerate(own):
            bit = 1 << place
            self.alone[player] += values[0] - values[bit]
            self.last[player] += values[full ^ bit] - values[full]
            total = 0
            for subset in range(full + 1):
                if not subset & bit:
                    saved = values[subset] - values[subset | bit]
                    if saved:
                        total += weights[bin(subset).count("1")] * saved
            self.shapley[player] += total


def difference(alternative, base):
    # A ratio is kept as two whole numbers; writing it is not part of the work.
    return base, alternative, alternative - base


def present_value(scenario, by_year, first):
    growth = 1 + scenario.discount
    n, d, numerator, denominator = growth.numerator, growth.denominator, 0, 1
    for year in range(max(by_year, default=first), first - 1, -1):
        denominator *= n
        numerator = numerator * d + denominator * by_year.get(year, 0)
    q, r = divmod(numerator, denominator)
    return q + (2 * r > denominator or (2 * r == denominator and q & 1))


def compare(scenario, alternative="temporary", base="permanent"):
    engine = Engine(scenario)
    totals = {name: Totals(scenario, route_of(scenario, name)) for name in scenario.pathways}
    a, b = totals[alternative], totals[base]

    def held(totals):
        result = 0
        for stage in totals.route:
            result |= stage.holds
        return result

    def lacked(totals):
        result = 0
        for stage in totals.route:
            result |= ~stage.holds
        return result

    missing, of, sign = held(b) & lacked(a), a, 1
    if not missing:
        missing, of, sign = held(a) & lacked(b), b, -1
    names = {1 << place: each for place, each in enumerate(scenario.entitlements) if missing >> place & 1}
    games = Games(scenario, list(names))
    known_payers = {}

    def payers(solution, category):
        shares = known_payers.get((solution, category))
        if shares is None:
            shares = known_payers[solution, category] = shares_of(scenario, solution, category)
        return shares

    for line in scenario.lines:
        if engine.tenths(line):
            nominal, constant = engine.prices(line)
            costs, constant = Costs(engine, line, nominal), Costs(engine, line, constant)
            for each in totals.values():
                each.add(costs, payers)
                each.constant += constant.sum(each.route, 0)
            games.add(costs, of.route, of.by_line.get(line.number, 0))

    fiscal_of, first = engine.fiscal_of, engine.first_fiscal
    lines = scenario.lines

    def ordered(sums, order):
        return {key: sums[key] for key in order if key in sums}

    pathways = {}
    for name, each in totals.items():
        by_year = {}
        for year, minor, fed in zip(fiscal_of, each.by_month, each.fed):
            if fed:
                by_year[year] = by_year.get(year, 0) + minor
        pathways[name] = {
            "entries": each.entries, "total": sum(each.by_line.values()), "constant": each.constant,
            "present_value": present_value(scenario, by_year, first),
            "by_category": ordered(each.by_category, scenario.categories), "by_fiscal_year": by_year,
            "by_fund": ordered(each.by_fund, scenario.funds),
            "by_line": {lines[number].id: total for number, total in each.by_line.items()}}
    total = difference(pathways[alternative]["total"], pathways[base]["total"])
    shares = allot(list(games.shapley.values()), games.denominator)

    def by(key, order):
        mine, theirs = pathways[alternative][key], pathways[base][key]
        return {each: difference(mine.get(each, 0), theirs.get(each, 0)) for each in order if each in mine or each in theirs}

    curve = [difference(x, y) for x, y in zip(accumulate(a.by_month), accumulate(b.by_month))]
    # The band's ends as whole numbers: extra / base against 45 and 75 hundredths.
    band = None
    if total[0] > 0:
        band = ("below" if total[2] * 100 < total[0] * 45 else "above" if total[2] * 100 > total[0] * 75 else "within")
    return {"pathways": pathways, "comparison": {
        "extra": total[2], "premium": total, "band": band,
        "attribution": {names[player]: sign * share for player, share in zip(games.players, shares)},
        "residual": total[2] - sign * sum(shares),
        "alone": {names[player]: sign * value for player, value in games.alone.items()},
        "last": {names[player]: sign * value for player, value in games.last.items()},
        "by_category": by("by_category", scenario.categories),
        "by_fiscal_year": by("by_fiscal_year", range(first, first + len(fiscal_of) // 12 + 2)),
        "by_fund": by("by_fund", scenario.funds), "premium_curve": curve}}


def fixed(numerator, denominator, decimals):
    """A quotient with so many decimals, half to even."""
    scaled, rest = divmod(numerator * 10 ** decimals, denominator)
    scaled += 2 * rest > denominator or (2 * rest == denominator and scaled & 1)
    digits = str(abs(scaled)).rjust(decimals + 1, "0")
    whole, fraction = digits[:len(digits) - decimals], digits[len(digits) - decimals:]
    return ("-" if scaled < 0 else "") + whole + ("." + fraction if fraction else "")


def written(figures, decimals):
    """Figures as texts: amounts with the currency's decimals, premiums with twelve."""

    def ratio(base, extra):
        return fixed(extra, base, 12) if base > 0 else None

    def write(value, key):
        if key == "premium":
            return ratio(value[0], value[2])
        if key == "entries" or value is None or isinstance(value, str):
            return value
        if isinstance(value, dict):
            return {str(inner): write(each, inner) for inner, each in value.items()}
        if isinstance(value, list):
            return {str(place + 1): write(each, place) for place, each in enumerate(value)}
        if isinstance(value, tuple):
            base, alternative, extra = (fixed(each, 1, 0) and fixed(each, 10 ** decimals, decimals) for each in value)
            return {"base": base, "alternative": alternative, "extra": extra, "premium": ratio(value[0], value[2])}
        return fixed(value, 10 ** decimals, decimals)

    return write(figures, None)


if __name__ == "__main__":
    frame.run(
        load=Scenario,
        figures=lambda scenario: written(compare(scenario), scenario.decimals),
        compare=compare,
        ledger=lambda scenario: ledger(scenario, "temporary"),
        warm_up=5,
    )
