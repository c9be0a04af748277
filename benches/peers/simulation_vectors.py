"""The simulation as an expert of NumPy writes it: tables made beforehand, batches that stay in the cache, processes.

Only what varies from draw to draw is computed for each, see `simulation_tables.py`; quantile functions without a simple
form are read off tables. See `simulation_model.py` for the arguments.
"""

import multiprocessing

import numpy as np

import simulation_model as model_of
from simulation_model import FIRST, SHIFT, WIDTH
from simulation_tables import CELLS, REACH, Tables

TOGETHER = 8192  # draws


class Engine:
    """All that a process needs, and its arrays of one batch."""

    def __init__(self, model, whole):
        self.model, self.tables = model, Tables(model, whole)
        self.quantile = {}
        for path, each in model.uncertain.items():
            if each.kind not in ("normal", "lognormal"):
                self.quantile[path] = self.tables.quantiles(path)
        tied = np.abs(model.factor - np.eye(len(model.factor))).sum(axis=1) > 0
        self.tied = np.flatnonzero(tied)
        self.units, self.paid, self.severity = self.tables.events()
        for terms in self.tables.terms.values():
            for term in terms:
                columns = np.moveaxis(term.table.reshape(-1, term.table.shape[2]), 1, 0)
                term.columns = [column.copy() if column.any() else None for column in columns]

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
        """The parameters, the uncertain months, the rows of the tables, and 1 / stretch."""
        tables, value = self.tables, self.draw(rng, count)
        wait = np.clip(np.rint(value[tables.wait]).astype(np.intp) - tables.waits[0], 0, len(tables.waits) - 1)
        stretch = value[tables.stretch]
        cell = (stretch * tables.per_stretch).astype(np.intp) - tables.first_cell
        np.clip(cell, 0, len(tables.middles) - 1, out=cell)
        places = wait, cell, wait * len(tables.middles) + cell
        return value, wait, places, 1.0 / stretch

    @staticmethod
    def columns(term, value, places, inverse):
        """Each column's number and, draw by draw, its coefficients times what scales the term."""
        waits, cells, columns = term.table.shape
        wait, cell, both = places
        place = None if waits == cells == 1 else wait if cells == 1 else cell if waits == 1 else both
        scale = None
        for each in (value.get(term.amount), value.get(term.exchange), inverse if term.stretched else None):
            scale = each if scale is None else scale if each is None else scale * each
        for number, column in enumerate(term.columns):
            if column is not None:
                part = column[0] if place is None else column.take(place, mode="clip")
                yield number, part if scale is None else part * scale

    def totals(self, rng, count):
        """The cost of each pathway, extra and premium."""
        value, wait, places, inverse = self.batch(rng, count)
        cost = {}
        for name, terms in self.tables.terms.items():
            cost[name] = np.zeros(count)
            sums = {}  # coefficients by index
            for term in terms:
                into = sums.setdefault(term.index, [0.0] * len(term.columns))
                for power, part in self.columns(term, value, places, inverse):
                    into[power] = into[power] + part
            for index, coefficients in sums.items():
                total = coefficients[-1]
                for coefficient in coefficients[-2::-1]:
                    total = total * value[index] + coefficient
                cost[name] += total
        for name, owner, _, amount in self.events(rng, value, wait):
            cost[name] += np.bincount(owner, amount, count)
        base = cost[model_of.BASE]
        extra = cost[model_of.ALTERNATIVE] - base
        return [*cost.values(), extra, extra / base]

    def all(self, rng, count):
        """Each pathway, the extra and the premium, a row for each slot."""
        model, tables = self.model, self.tables
        value, wait, places, inverse = self.batch(rng, count)
        growth = {path: self.growth(value, path) for path in value if path.startswith("rates.index.")}
        years, slots = model.years, 1 + model.years + len(tables.categories)
        cost = {name: np.zeros((slots, count)) for name in model.pathways}
        for name, terms in tables.terms.items():
            rows = cost[name]
            for term in terms:
                category = rows[1 + years + term.category]
                for year, part in self.columns(term, value, places, inverse):
                    if term.index:
                        part = part * growth[term.index][year]
                    rows[1 + year] += part
                    category += part
        category = 1 + years + tables.categories.index(tables.event["category"])
        for name, owner, year, amount in self.events(rng, value, wait):
            sums = np.bincount(year * count + owner, amount, years * count).reshape(years, count)
            cost[name][1 : 1 + years] += sums
            cost[name][category] += sums.sum(axis=0)
        for rows in cost.values():
            np.sum(rows[1 : 1 + years], axis=0, out=rows[0])
        base = cost[model_of.BASE]
        extra = cost[model_of.ALTERNATIVE] - base
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.concatenate([*cost.values(), extra, np.where(base > 0, extra / base, np.nan)])

    def growth(self, value, path):
        """The index of each year."""
        growth = np.empty((self.model.years, len(value[path])))
        growth[0] = 1.0
        rate = 1 + self.model.increase[path.split(".")[2]] + value[path]
        for year in range(1, self.model.years):
            np.multiply(growth[year - 1], rate, out=growth[year])
        return growth

    def events(self, rng, value, wait):
        """By pathway that pays any: the draws of the events, their years, and what they cost."""
        model, line, count = self.model, self.tables.event, len(wait)
        numbers = rng.poisson(value[f"lines.{line['id']}.event.per_year"] * (len(self.units) / 12))
        owner = np.repeat(np.arange(count), numbers)
        month = self.units.take(rng.integers(0, len(self.units), len(owner)))
        year = model.year.take(month)
        mu, sigma = self.severity
        amount = rng.standard_normal(len(owner))
        amount *= sigma
        amount += mu
        np.exp(amount, out=amount)
        amount *= self.growth(value, f"rates.index.{line['index']}.shift").ravel().take(year * count + owner)
        for name, paid in self.paid.items():
            if paid.all():
                yield name, owner, year, amount
            elif paid.any():
                row = wait.take(owner) if len(paid) > 1 else 0
                yield name, owner, year, amount * paid.ravel().take(row * model.horizon + month)


ENGINE = OUTPUTS = None  # a forked process has them too


def part_of_totals(task):
    rng, first, last = np.random.Generator(np.random.SFC64(task[0])), *task[1:]
    for begin in range(first, last, TOGETHER):
        end = min(begin + TOGETHER, last)
        for row, values in zip(OUTPUTS, ENGINE.totals(rng, end - begin)):
            row[begin:end] = values


def part_of_all(task):
    """Sums, squares and counts of each figure, and which of them every draw has."""
    rng, first, last = np.random.Generator(np.random.SFC64(task[0])), *task[1:]
    sums = squares = told = 0
    counts = None
    for begin in range(first, last, TOGETHER):
        rows = ENGINE.all(rng, min(TOGETHER, last - begin))
        if counts is None:
            counts, told = np.zeros((len(rows), 2 * WIDTH + 1), np.int64), np.ones(len(rows), bool)
        sums = sums + rows.sum(axis=1)
        squares = squares + np.einsum("fd,fd->f", rows, rows)
        told &= np.isfinite(sums)
        for row, into in zip(rows, counts):
            least, most = row.min(), row.max()
            if not least < most:  # a constant or, with a draw that has no figure, nothing
                into[WIDTH] += len(row)
                continue
            places = np.abs(row).view(np.int64)
            places >>= SHIFT
            places -= FIRST
            if least <= 0:
                np.clip(places, 0, WIDTH - 1, out=places)
                places = np.where(row > 0, WIDTH + 1 + places, np.where(row < 0, WIDTH - 1 - places, WIDTH))
                start = 0
            else:  # as good as always: one bin after another, from the least
                start = min(max(int((least.view(np.int64) >> SHIFT) - FIRST), 0), WIDTH - 1)
                places -= start
                np.clip(places, 0, WIDTH - 1 - start, out=places)
                start += WIDTH + 1
            found = np.bincount(places)
            into[start : start + len(found)] += found
    filled = np.flatnonzero(counts)  # a few thousand of millions
    return sums, squares, (filled, counts.ravel()[filled]), told


def summary(place):
    return model_of.summary(OUTPUTS[place])


def prepare(model, draws, workers, whole):
    global ENGINE, OUTPUTS
    ENGINE = Engine(model, whole)
    names = [*model.pathways, "extra", "premium"]
    context = multiprocessing.get_context("fork")
    if not whole:
        OUTPUTS = np.frombuffer(context.RawArray("d", len(names) * draws)).reshape(len(names), draws)
    pool = context.Pool(workers)
    borders = [draws * worker // workers for worker in range(workers + 1)]
    slots = [name + slot for name in names for slot in model_of.slots(model, ENGINE.tables.categories)]

    def tasks(seed):
        return list(zip(np.random.SeedSequence(seed).spawn(workers), borders, borders[1:]))

    def totals(seed):
        pool.map(part_of_totals, tasks(seed), chunksize=1)
        return dict(zip(names, pool.map(summary, range(len(names)), chunksize=1)))

    def everything(seed):
        sums, squares, counts, told = zip(*pool.map(part_of_all, tasks(seed), chunksize=1))
        whole = np.zeros((len(slots), 2 * WIDTH + 1), np.int64)
        for filled, found in counts:
            whole.ravel()[filled] += found
        return model_of.counted(slots, draws, sum(sums), sum(squares), whole, np.all(told, axis=0))

    return everything if whole else totals


if __name__ == "__main__":
    model_of.run(prepare)
