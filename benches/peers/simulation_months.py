"""The simulation as an analyst of NumPy writes it: month by month and line by line, each step a vector over the draws.

Every parameter is drawn by its own quantile function, as SciPy has it. See `simulation_model.py` for the arguments.
"""

import numpy as np

import simulation_model as model_of

TOGETHER = 20_000  # draws


def simulate(model, rng, count):
    """The cost of each pathway on so many draws."""
    z = rng.standard_normal((count, len(model.uncertain))) @ model.factor.T
    value = {path: each.at(z[:, place]) for place, (path, each) in enumerate(model.uncertain.items())}

    def drawn(path, base, low=-np.inf, high=np.inf):
        return np.clip(value[path], low, high) if path in value else base

    uncertain, place, path = model.delayed()
    wait = np.rint(drawn(path, None, 0, model.horizon))
    stretch = {name: drawn(f"profiles.{name}.stretch", 1.0, 0.01) for name in model.profiles}
    index = {}
    for name, increase in model.increase.items():
        added = drawn(f"rates.index.{name}.shift", 0.0, -0.99 - increase)
        index[name] = [np.ones(count)]
        for _ in range(1, model.years):
            index[name].append(index[name][-1] * (1 + increase + added))
    rate = {name: each * drawn(f"rates.fx.{name}.factor", 1.0, 1e-6) for name, each in model.exchange.items()}

    # Stages with their first month and the month after the last, a vector where it is uncertain.
    pathways = {}
    for name, stages in model.pathways.items():
        begin, pathways[name] = 0, []
        for number, (solution, months) in enumerate(stages):
            if (name, number) == (uncertain, place):
                end = begin + wait
            else:
                end = model.horizon if months is None else begin + months
            end = np.minimum(end, model.horizon)
            pathways[name].append((begin, end, model.entitlements[solution]))
            begin = end

    total = {name: np.zeros(count) for name in model.pathways}
    for month in range(model.horizon):
        year = model.year[month]
        for line in model.lines:
            quantity = model.drivers[line["driver"]][month]
            if quantity == 0:
                continue
            if "event" in line:
                often = drawn(f"lines.{line['id']}.event.per_year", float(line["event"]["per_year"]), 0)
                events = rng.poisson(often / 12 * quantity)
                severity = model_of.Distribution(line["event"]["severity"]).at(rng.standard_normal(events.sum()))
                cost = np.bincount(np.repeat(np.arange(count), events), severity, count)
            else:
                cost = quantity * drawn(f"lines.{line['id']}.amount", float(line["amount"]), 0)
            if "index" in line:
                cost = cost * index[line["index"]][year]
            if line["currency"] != model.currency:
                cost = cost * rate[line["currency"]]
            for name, stages in pathways.items():
                total[name] += cost * share(model, line, stages, month, stretch)
    return total


def share(model, line, stages, month, stretch):
    """The share of a line's cost charged in a month: 0 where it is not, less relief."""
    charged, relief = 0.0, line.get("relief")
    entitled = earning = None  # since when, where the stages before hold alike
    for number, (begin, end, held) in enumerate(stages):
        entitled = (begin if entitled is None else entitled) if model.applies(line, held) else None
        earns = relief and set(relief.get("requires", ())) <= held
        earning = (begin if earning is None else earning) if earns else None
        if entitled is None:
            continue
        here = (begin <= month) & (month < end)
        if not np.any(here):
            continue
        since = {"entitled": entitled, "stage": begin, "pathway": 0}[line.get("clock", "entitled")]
        # A stage that ends with the horizon is the last one that has a month.
        leaves = (end < model.horizon) & (month == end - 1) if number < len(stages) - 1 else False
        part = here & model.is_charged(line, month - since, model.calendar[month], leaves)
        if earning is not None and not ("needs" in relief and model.drivers[relief["needs"]][month] == 0):
            months, shares = zip(*model.profiles[relief["profile"]])
            part = part * (1 - np.interp((month - earning) / stretch[relief["profile"]], months, shares))
        charged = charged + part
    return charged


def prepare(model, draws, _workers, whole):
    if whole:
        raise ValueError("only totals")

    def work(seed):
        rng = np.random.default_rng(seed)
        sizes = [min(TOGETHER, draws - first) for first in range(0, draws, TOGETHER)]
        parts = [simulate(model, rng, size) for size in sizes]
        costs = {name: np.concatenate([part[name] for part in parts]) for name in model.pathways}
        extra = costs[model_of.ALTERNATIVE] - costs[model_of.BASE]
        premium = extra / costs[model_of.BASE]
        return model_of.figures([*costs.values(), extra, premium], [*costs, "extra", "premium"])

    return work


if __name__ == "__main__":
    model_of.run(prepare)
