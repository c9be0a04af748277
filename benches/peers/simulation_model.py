"""The code that the peers of the simulation share: reading files, the household by month, which line is charged when.

It knows what the family of five and the reference catalogue use, and no more: members who are there from birth, lines
whose prices begin with the scenario, one pathway with an uncertain number of months. What it does not know it refuses.
Quantiles, prices and events are the peers' own work.

A peer is called with the two files, the number of draws, a seed, how many processes or threads may work, how often to
repeat the work, and `totals` or `all`: the totals of the pathways, of the extra and of the premium, with exact
quantiles, or these by year and category too, with quantiles from counts within 2^-10. It prints a JSON object with its
figures and the seconds that the quickest repetition took.
"""

import json
import math
import sys
import time
import tomllib

import numpy as np
from scipy import special

BASE, ALTERNATIVE = "permanent", "temporary"
SHARES = 0.1, 0.5, 0.9


def month_number(text):
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def read(path):
    with open(path, "rb") as file:
        return tomllib.load(file)


class Distribution:
    """A distribution by its quantile function, as a function of the normal value z with u = Phi(z)."""

    def __init__(self, written):
        ((self.kind, given),) = written.items()
        self.given = {key: float(value) for key, value in given.items()}

    def bounds(self):
        """The least and the greatest value, of those that have them."""
        return self.given["low"], self.given["high"]

    def lognormal(self):
        """Mean and standard deviation of the logarithm."""
        mean, sd = self.given["mean"], self.given["sd"]
        variance = math.log1p((sd / mean) ** 2)
        return math.log(mean) - variance / 2, math.sqrt(variance)

    def at(self, z):
        given = self.given
        if self.kind == "normal":
            return given["mean"] + given["sd"] * z
        if self.kind == "lognormal":
            mu, sigma = self.lognormal()
            return np.exp(mu + sigma * z)
        u = special.ndtr(z)
        if self.kind == "gamma":
            shape = (given["mean"] / given["sd"]) ** 2
            return special.gammaincinv(shape, u) * given["mean"] / shape
        low, high = self.bounds()
        mode, width = given["mode"], high - low
        if self.kind == "triangular":
            below = low + np.sqrt(u * width * (mode - low))
            above = high - np.sqrt(special.ndtr(-z) * width * (high - mode))
            return np.where(u * width <= mode - low, below, above)
        if self.kind == "pert":
            shape = given.get("shape", 4.0)
            alpha, beta = 1 + shape * (mode - low) / width, 1 + shape * (high - mode) / width
            return low + width * special.betaincinv(alpha, beta, u)
        raise ValueError(f"no {self.kind} here")


class Model:
    """The scenario with its texts made numbers."""

    def __init__(self, scenario, catalogue):
        data, base = read(scenario), read(catalogue)
        if not set(data) <= {"schema", "title", "catalogue", "currency", "start", "horizon_months", "household",
                             "pathways", "uncertain", "correlations", "expect"}:  # fmt: skip
            raise ValueError("a key that is not known here")
        self.currency = data["currency"]
        start, self.horizon = month_number(data["start"]), data["horizon_months"]
        months = start + np.arange(self.horizon)
        self.calendar, years = months % 12 + 1, months // 12
        self.first_year, self.year = int(years[0]), years - years[0]  # counted from the first
        self.years = int(self.year[-1]) + 1
        if self.currency != base["currency"] or base["price_base_year"] != years[0]:
            raise ValueError("other currencies and price bases are not known here")
        self.lines = base["lines"]
        self.profiles = {
            name: [(month, float(share)) for month, share in each["knots"]] for name, each in base["profiles"].items()
        }
        # One increase for all years, and one exchange rate: all that the catalogue has.
        self.increase = {name: float(one(rates)) for name, rates in base["rates"]["index"].items()}
        self.exchange = {name: float(one(rates)) for name, rates in base["rates"]["fx"].items()}
        self.drivers = self._drivers(data["household"]["members"], months)
        self.entitlements = {name: set(each["entitlements"]) for name, each in base["solutions"].items()}
        self.pathways = {name: [(name, None)] for name in self.entitlements}
        for name, each in data["pathways"].items():
            self.pathways[name] = [(stage["solution"], stage.get("months")) for stage in each["stages"]]
        self.uncertain = {each["parameter"]: Distribution(each["distribution"]) for each in data["uncertain"]}
        self.places = {path: place for place, path in enumerate(self.uncertain)}
        correlation = np.eye(len(self.uncertain))
        for each in data["correlations"]:
            a, b = (self.places[path] for path in each["between"])
            correlation[a, b] = correlation[b, a] = 2 * math.sin(math.pi * float(each["spearman"]) / 6)
        self.factor = np.linalg.cholesky(correlation)

    @staticmethod
    def _drivers(members, months):
        born = np.array([month_number(each["born"]) for each in members])
        if any(set(each) - {"role", "born"} for each in members):
            raise ValueError("only months of birth are known here")
        ages = (months[:, None] - born) // 12  # below 0 before birth
        person = (ages >= 0).sum(axis=1)
        grown = (ages >= 14).sum(axis=1)  # weigh more
        weighed = np.where(grown > 0, 1.0 + 0.5 * (grown - 1) + 0.3 * (person - grown), 1.0 + 0.3 * (person - 1))
        drivers = {
            "household": person > 0,
            "person": person,
            "adult": (ages >= 18).sum(axis=1),
            "minor": ((ages >= 0) & (ages < 18)).sum(axis=1),
            "school_age": ((ages >= 4) & (ages <= 17)).sum(axis=1),
            "working_age": ((ages >= 18) & (ages <= 64)).sum(axis=1),
            "equivalent_adult": np.where(person > 0, weighed, 0.0),
        }
        return {name: quantity.astype(float) for name, quantity in drivers.items()}

    def delayed(self):
        """The pathway, the stage and the parameter of the uncertain months."""
        found = [path.split(".") for path in self.uncertain if path.startswith("pathways.")]
        ((_, pathway, stage, _),) = found
        return pathway, int(stage), ".".join(found[0])

    def stages(self, pathway, months=None):
        """First month, month after the last, and entitlements of each stage; `months` replaces the uncertain ones."""
        uncertain, place, _ = self.delayed()
        begin, stages = 0, []
        for number, (solution, given) in enumerate(self.pathways[pathway]):
            if months is not None and (pathway, number) == (uncertain, place):
                given = months
            end = self.horizon if given is None else min(begin + given, self.horizon)
            if end > begin:
                stages.append((begin, end, self.entitlements[solution]))
            begin = end
        return stages

    def applies(self, line, held):
        return set(line.get("when", ())) <= held and not set(line.get("unless", ())) & held

    def charged(self, line, stages):
        """The quantity charged by month, and the months on the profile's clock, -1 where there is no relief."""
        quantity, clock = np.zeros(self.horizon), np.full(self.horizon, -1)
        relief = line.get("relief")
        entitled = earning = None  # since when, without a break
        for number, (begin, end, held) in enumerate(stages):
            if not self.applies(line, held):
                entitled = None
            elif entitled is None:
                entitled = begin
            if not relief or not set(relief.get("requires", ())) <= held:
                earning = None
            elif earning is None:
                earning = begin
            months = np.arange(begin, end)
            if earning is not None:
                needed = self.drivers[relief["needs"]][months] > 0 if "needs" in relief else True
                clock[months] = np.where(needed, months - earning, -1)
            if entitled is not None:
                since = {"entitled": entitled, "stage": begin, "pathway": 0}[line.get("clock", "entitled")]
                last = number == len(stages) - 1
                now = self.is_charged(line, months - since, self.calendar[months], ~last & (months == end - 1))
                quantity[months] = np.where(now, self.drivers[line["driver"]][months], 0.0)
        return quantity, clock

    @staticmethod
    def is_charged(line, clock, calendar, leaves):
        """True if the schedule has a charge: `clock`, months of the calendar, and whether a stage is left, alike."""
        schedule = line.get("schedule", {"monthly": {}})
        if schedule == "on_exit":
            return leaves
        if schedule == "on_join":
            return np.zeros_like(leaves)  # nobody joins later
        ((kind, rule),) = schedule.items()
        if kind == "once":
            return clock == rule.get("at", 0)
        first = rule.get("from", 0)
        within = (clock >= first) & (clock < rule.get("until", np.inf))
        if kind == "every":
            return within & ((clock - first) % rule["months"] == 0)
        if kind == "calendar":
            return within & np.isin(calendar, rule["months"])
        return within


def one(rates):
    ((key, rate),) = rates.items()
    if key != "default":
        raise ValueError("rates by year are not known here")
    return rate


def figures(outputs, names, apply=map):
    """Mean, standard deviation and quantiles of each row; `apply` may share the rows out."""
    return dict(zip(names, apply(summary, outputs)))


def summary(values):
    count = len(values)
    ranks = [max(math.ceil(count * share), 1) - 1 for share in SHARES]
    mean, sd = float(values.mean()), float(values.std(ddof=1))
    values = np.partition(values, ranks)
    return {"mean": mean, "sd": sd, "quantiles": [float(values[rank]) for rank in ranks]}


def slots(model, categories):
    """The names of a pathway's figures: the total, years, categories."""
    return ["", *(f".{model.first_year + year}" for year in range(model.years)), *(f".{each}" for each in categories)]


# Counts: 2^10 bins for each power of 2, of what lies between these powers; first 0 and less, then above 0.
LEAST, MOST, FINE = -12, 26, 10
WIDTH = (MOST - LEAST) << FINE
SHIFT, FIRST = 52 - FINE, (1023 + LEAST) << FINE


def values_of_bins():
    """The middle of each bin, in the order of the counts: 0 is the bin `WIDTH`, and what is less lies before it."""
    bits = ((np.arange(WIDTH, dtype=np.int64) + FIRST) << SHIFT) + (1 << SHIFT) // 2
    middle = bits.view(np.float64)
    return np.concatenate([-middle[::-1], [0.0], middle])


def counted(names, draws, sums, squares, counts, told):
    """The same as `figures` of sums and counts; only figures that are not 0 in every draw, and that every draw has."""
    middles, found = values_of_bins(), {}
    for place, name in enumerate(names):
        if not told[place] or squares[place] == 0:
            continue
        mean = sums[place] / draws
        below = counts[place].cumsum()
        ranks = [max(math.ceil(draws * share), 1) for share in SHARES]
        found[name] = {
            "mean": float(mean),
            "sd": math.sqrt(max(squares[place] / draws - mean**2, 0.0) * draws / max(draws - 1, 1)),
            "quantiles": middles[np.searchsorted(below, ranks)].tolist(),
        }
    return found


def run(prepare):
    """Runs a peer: `prepare(model, draws, workers, whole)` gives the work, a function of the seed."""
    scenario, catalogue, draws, seed, workers, repeats, asked = sys.argv[1:]
    model = Model(scenario, catalogue)
    work = prepare(model, int(draws), int(workers), {"totals": False, "all": True}[asked])
    result, times = None, []
    for repeat in range(int(repeats)):
        begin = time.perf_counter()
        found = work(int(seed) + repeat)
        times.append(time.perf_counter() - begin)
        result = result or found
    json.dump({"figures": result, "seconds": min(times)}, sys.stdout)
