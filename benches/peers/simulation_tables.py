"""The tables that the two fast peers compute before the first draw, so that a draw costs a few multiplications.

A pathway's cost is a sum of terms. A term is an amount, which may be uncertain, times an exchange factor, times 1 or
1 / stretch, times a polynomial in what is added to an index (of degree 0 without one). Its coefficients are sums over
lines, years and months that depend on the draw through two whole numbers: how many months the uncertain stage has, and
between which points the stretch lies. Between these points no month passes a knot of the profile, so that the relief of
every month is linear in 1 / stretch. All knots' months divide their least common multiple, and so the points do.
"""

import math
from dataclasses import dataclass

import numpy as np

import simulation_model as model_of

REACH, CELLS = 8.0, 4096  # of tables of quantile functions, in the normal value


@dataclass
class Term:
    """`table[wait][cell]` are coefficients, the lowest power first; an axis of length 1 does not matter.

    Of a single category they are for each year instead, and the index of the year is still to be applied.
    """

    category: int | None
    amount: str | None
    exchange: str | None
    index: str | None
    stretched: bool
    table: np.ndarray


class Tables:
    """The terms of each pathway: of its total or, if all figures are asked for, of each category and year."""

    def __init__(self, model, whole):
        self.model, self.whole = model, whole
        self.categories = list(dict.fromkeys(line["category"] for line in model.lines))
        self.pathway, _, self.wait = model.delayed()
        low, high = model.uncertain[self.wait].bounds()
        self.waits = np.arange(int(np.clip(np.rint(low), 0, model.horizon)), int(np.rint(min(high, model.horizon))) + 1)
        (self.profile,) = {line["relief"]["profile"] for line in model.lines if "relief" in line}
        self.stretch = f"profiles.{self.profile}.stretch"
        low, high = model.uncertain[self.stretch].bounds()
        knots = [month for month, _ in model.profiles[self.profile]]
        self.per_stretch = math.lcm(*(month for month in knots if month))  # cells
        self.first_cell = math.floor(low * self.per_stretch)
        cells = np.arange(self.first_cell, math.floor(high * self.per_stretch) + 1)
        self.middles = (cells + 0.5) / self.per_stretch
        self.polynomials = {name: self.powers(name) for name in model.increase}
        self.terms = {name: self.terms_of(name) for name in model.pathways}
        (self.event,) = [line for line in model.lines if "event" in line]
        if "relief" in self.event or self.event["currency"] != model.currency:
            raise ValueError("such an event line is not known here")

    def powers(self, index):
        """The index of each year as a polynomial in what is added to its increase."""
        rows, growth = [np.ones(1)], [1 + self.model.increase[index], 1.0]
        for _ in range(1, self.model.years):
            rows.append(np.convolve(rows[-1], growth))
        return np.array([np.pad(row, (0, len(rows) - len(row))) for row in rows])

    def terms_of(self, pathway):
        model, found = self.model, {}
        waits = self.waits if pathway == self.pathway else self.waits[:1]
        for line in model.lines:
            if "event" in line:
                continue
            amount, rate, index = f"lines.{line['id']}.amount", f"rates.fx.{line['currency']}.factor", line.get("index")
            price = 1.0 if amount in model.uncertain else float(line["amount"])
            price *= model.exchange.get(line["currency"], 1.0)
            powers = self.polynomials[index] if index else np.ones((model.years, 1))
            if f"rates.index.{index}.shift" not in model.uncertain:
                powers, index = powers[:, :1], None
                if self.whole:
                    powers = np.diag(powers[:, 0])
            elif self.whole:
                powers = np.eye(model.years)
            parts = [self.exposure(line, model.stages(pathway, int(wait))) for wait in waits]
            for stretched in (False, True):
                table = price * np.stack([part[stretched] for part in parts]) @ powers
                if not table.any():
                    continue
                key = (
                    self.categories.index(line["category"]) if self.whole else None,
                    amount if amount in model.uncertain else None,
                    rate if rate in model.uncertain else None,
                    f"rates.index.{index}.shift" if index else None,
                    stretched,
                )
                found[key] = found.get(key, 0.0) + table
        for key, table in found.items():  # an axis along which nothing changes goes
            for axis in (0, 1):
                if np.ptp(table, axis=axis).max() == 0:
                    table = table.take([0], axis)
            found[key] = table
        return [Term(*key, np.ascontiguousarray(table)) for key, table in found.items()]

    def exposure(self, line, stages):
        """Quantity less relief by cell and year: what is constant, and what multiplies 1 / stretch."""
        model = self.model
        quantity, clock = model.charged(line, stages)
        shape = (len(self.middles), model.years)
        constant, over = np.zeros(shape), np.zeros(shape)
        for month in np.flatnonzero(quantity):
            constant[:, model.year[month]] += quantity[month]
        if (clock >= 0).any():
            months, shares = (np.array(each, float) for each in zip(*model.profiles[line["relief"]["profile"]]))
            slopes = np.diff(shares) / np.diff(months)
            for month in np.flatnonzero((clock >= 0) & (quantity > 0)):
                at = clock[month] / self.middles
                piece = np.searchsorted(months, at, side="right") - 1
                inside = (piece >= 0) & (piece < len(slopes))
                slope = np.where(inside, slopes[np.clip(piece, 0, len(slopes) - 1)], 0.0)
                knot = np.clip(piece, 0, len(months) - 1)
                start = shares[knot] - slope * months[knot]
                constant[:, model.year[month]] -= quantity[month] * start
                over[:, model.year[month]] -= quantity[month] * slope * clock[month]
        return constant, over

    def quantiles(self, path):
        """A quantile function at equal steps of the normal value, and its differences."""
        values = self.model.uncertain[path].at(np.linspace(-REACH, REACH, CELLS + 1))
        return values[:-1].copy(), np.diff(values)

    def events(self):
        """Units by month of the event line one after another, each with its month; paid by pathway, wait and month."""
        model, line = self.model, self.event
        units = np.repeat(np.arange(model.horizon), model.drivers[line["driver"]].astype(int))
        paid = {}
        for name in model.pathways:
            waits = self.waits if name == self.pathway else self.waits[:1]
            paid[name] = np.stack([model.charged(line, model.stages(name, int(wait)))[0] > 0 for wait in waits])
        return units, paid, model_of.Distribution(line["event"]["severity"]).lognormal()
