"""The simulation as an expert of NumPy writes it: tables made beforehand, batches that stay in the cache, processes.

Only what varies from draw to draw is computed for each, see `simulation_tables.py`; quantile functions without a simple
form are read off tables. See `simulation_model.py` for the arguments.
"""

import multiprocessing

import numpy as np

import simulation_model as model_of
from simulation_tables import CELLS, REACH, Tables

TOGETHER = 4096  # draws


class Engine:
    """All that a process needs, and its arrays of one batch."""

    def __init__(self, model):
        self.model, self.tables = model, Tables(model, False)
        self.quantile = {}
        for path, each in model.uncertain.items():
            if each.kind not in ("normal", "lognormal"):
                self.quantile[path] = self.tables.quantiles(path)
        tied = np.abs(model.factor - np.eye(len(model.factor))).sum(axis=1) > 0
        self.tied = np.flatnonzero(tied)
        self.units, self.paid, self.severity = self.tables.events()

    def draw(self, rng, count):
        """The parameters by path."""
        z = rng.standard_normal((len(self.model.uncertain), count))
        for row in self.tied[::-1]:  # a row needs those before it, untied
            z[row] *= self.model.factor[row, row]
            for column in np.flatnonzero(self.model.factor[row, :row]):
                z[row] += self.model.factor[row, column] * z[column]
        for row, (path, each) in zip(z, self.model.uncertain.items()):
            if each.kind == "normal":
                row *= each.given["sd"]
                row += each.given["mean"]
            elif each.kind == "lognormal":
                mu, sigma = each.lognormal()
                row *= sigma
                row += mu
                np.exp(row, out=row)
            else:
                start, step = self.quantile[path]
                row += REACH
                row *= CELLS / (2 * REACH)
                cell = row.astype(np.intp)
                row -= cell
                row *= step.take(cell, mode="clip")
                row += start.take(cell, mode="clip")
            if path.endswith((".amount", ".per_year")):
                np.maximum(row, 0, out=row)
        return dict(zip(self.model.uncertain, z))

    def batch(self, rng, count):
        """The cost of each pathway."""
        tables, value = self.tables, self.draw(rng, count)
        wait = np.clip(np.rint(value[tables.wait]).astype(np.intp) - tables.waits[0], 0, len(tables.waits) - 1)
        stretch = value[tables.stretch]
        cell = (stretch * tables.per_stretch).astype(np.intp) - tables.first_cell
        np.clip(cell, 0, len(tables.middles) - 1, out=cell)
        inverse = 1.0 / stretch
        both = wait * len(tables.middles) + cell
        cost = {}
        for name, terms in tables.terms.items():
            cost[name] = np.zeros(count)
            sums = {}  # coefficients by index
            for term in terms:
                waits, cells, powers = term.table.shape
                place = None if waits == cells == 1 else wait if cells == 1 else cell if waits == 1 else both
                scale = None
                for each in (value.get(term.amount), value.get(term.exchange), inverse if term.stretched else None):
                    scale = each if scale is None else scale if each is None else scale * each
                into = sums.setdefault(term.index, [0.0] * powers)
                for power, column in enumerate(np.moveaxis(term.table.reshape(-1, powers), 1, 0)):
                    if column.any():
                        part = column[0] if place is None else np.ascontiguousarray(column).take(place, mode="clip")
                        into[power] = into[power] + (part if scale is None else part * scale)
            for index, coefficients in sums.items():
                total = coefficients[-1]
                for coefficient in coefficients[-2::-1]:
                    total = total * value[index] + coefficient
                cost[name] += total
        self.add_events(rng, value, wait, cost)
        return cost

    def add_events(self, rng, value, wait, cost):
        tables, model, count = self.tables, self.model, len(wait)
        path = f"lines.{tables.event['id']}.event.per_year"
        numbers = rng.poisson(value[path] * (len(self.units) / 12))
        owner = np.repeat(np.arange(count), numbers)
        month = self.units.take(rng.integers(0, len(self.units), len(owner)))
        mu, sigma = self.severity
        amount = rng.standard_normal(len(owner))
        amount *= sigma
        amount += mu
        np.exp(amount, out=amount)
        growth = np.empty((model.years, count))
        growth[0] = 1.0
        rate = 1 + model.increase[tables.event["index"]] + value[f"rates.index.{tables.event['index']}"]
        for year in range(1, model.years):
            np.multiply(growth[year - 1], rate, out=growth[year])
        amount *= growth.ravel().take(model.year.take(month) * count + owner)
        for name, paid in self.paid.items():
            if paid.all():
                cost[name] += np.bincount(owner, amount, count)
            elif paid.any():
                row = wait.take(owner) if len(paid) > 1 else 0
                cost[name] += np.bincount(owner, amount * paid.ravel().take(row * model.horizon + month), count)


ENGINE = OUTPUTS = None  # a forked process has them too


def part(task):
    rng, first, last = np.random.Generator(np.random.SFC64(task[0])), *task[1:]
    for begin in range(first, last, TOGETHER):
        end = min(begin + TOGETHER, last)
        cost = ENGINE.batch(rng, end - begin)
        extra = cost[model_of.ALTERNATIVE] - cost[model_of.BASE]
        for row, values in zip(OUTPUTS, [*cost.values(), extra, extra / cost[model_of.BASE]]):
            row[begin:end] = values


def summary(place):
    return model_of.summary(OUTPUTS[place])


def prepare(model, draws, workers, whole):
    global ENGINE, OUTPUTS
    ENGINE = Engine(model)
    names = [*model.pathways, "extra", "premium"]
    context = multiprocessing.get_context("fork")
    shared = context.RawArray("d", len(names) * draws)
    OUTPUTS = np.frombuffer(shared).reshape(len(names), draws)
    pool = context.Pool(workers)
    borders = [draws * worker // workers for worker in range(workers + 1)]

    def work(seed):
        seeds = np.random.SeedSequence(seed).spawn(workers)
        pool.map(part, list(zip(seeds, borders, borders[1:])), chunksize=1)
        return dict(zip(names, pool.map(summary, range(len(names)), chunksize=1)))

    return work


if __name__ == "__main__":
    model_of.run(prepare)
