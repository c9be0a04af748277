"""The futures of a programme as a discrete-event model in SimPy: cases, agreements and the Registry's month as processes.

Each set of agreements is a run of its own, on the same random numbers. See `programme_model.py` for the arguments.
"""

import math
import multiprocessing
import random

import numpy as np
import simpy

import programme_model as model_of
from programme_model import COUNTS, FAR, WITHIN

PLACE = {name: row for row, name in enumerate(COUNTS)}
GIVEN, LEFT = "given", "left"
TICK = 0.25  # between the steps of a month: places, arrivals, the queue


class Future:
    """The random numbers of a future: drawn when first asked for, the same in every run."""

    def __init__(self, model, seed):
        self.random = random.Random(seed)
        draw = self.random
        self.factors = [
            draw.lognormvariate(first, second) if law == "lognormal" else max(draw.gauss(first, second), 0.0)
            for law, first, second in model.factors
        ] + [1.0]
        self.slips = [
            round(draw.triangular(each.slip[0], each.slip[2], each.slip[1])) if each.slip else 0
            for each in model.agreements
        ]
        self.cases = list(model.queueing)
        for month in range(model.months):
            for mean, households in model.arrivals:
                self.cases += [households[month]] * poisson(draw, mean)
        self.cases.sort(key=lambda case: case.arrives)  # declared ones first among those of a month
        per_month, mu, sigma, price, _ = model.event
        waits = [(case, min(case.ends, model.months)) for case in self.cases]
        waits += [(case, min(case.course[1], model.months) if case.placed else 0) for case in model.others]
        self.events = []
        for case, until in waits:
            first = max(case.arrives, 0)
            number = poisson(draw, per_month * case.persons * max(until - first, 0))
            months = [first + int(draw.random() * (until - first)) for _ in range(number)]
            self.events.append([(month, draw.lognormvariate(mu, sigma) * price[month]) for month in months])
        self.offers = {}

    def offer(self, case, agreement, number):
        key = case, agreement, number
        if key not in self.offers:
            self.offers[key] = self.random.random(), self.random.random()
        return self.offers[key]


def poisson(draw, mean):
    number, below, limit = 0, draw.random(), math.exp(-mean)
    while below > limit:
        number += 1
        below *= draw.random()
    return number


class Run:
    """A programme with a set of agreements."""

    def __init__(self, model, future, agreements):
        self.model, self.future, self.with_ = model, future, agreements
        self.env = simpy.Environment()
        self.left = {place: model.agreements[place].in_hand for place in agreements}
        self.until = {}
        self.lapsed, self.refused = [0] * len(model.agreements), [0] * len(model.agreements)
        self.course = [None] * len(future.cases)
        self.queue = []
        for place in agreements:
            self.env.process(self.agreement(place, model.agreements[place], future.slips[place]))
        for number, case in enumerate(future.cases):
            self.env.process(self.case(number, case))
        self.env.process(self.registry())
        self.env.run(until=model.months)

    def agreement(self, place, each, slip):
        """Places are granted and lapse, on the first moment of a month."""
        until = each.until + slip if each.with_until and 0 < each.until < FAR else each.until
        self.until[place] = until
        changes = [(month + slip, places) for month, places in each.grants]
        changes = [(month, places) for month, places in changes if month < until] + [(max(until, 0), None)]
        for month, places in changes:
            if month >= self.model.months:
                return
            yield self.env.timeout(month - self.env.now)
            if places is None or not each.carry_over:
                self.lapsed[place] += self.left[place]
                self.left[place] = 0
            self.left[place] += places or 0

    def case(self, number, case):
        """Arrives, waits for a place, and moves, unless it leaves before."""
        yield self.env.timeout(max(case.arrives, 0) + TICK)
        entry = [number, case, self.env.event(), 0]
        self.queue.append(entry)
        leaves = self.env.timeout(case.ends + TICK - self.env.now) if case.ends < FAR else self.env.event()
        outcome = yield entry[2] | leaves
        if entry[2] in outcome:
            place, processing = entry[2].value
            month = int(self.env.now)
            self.course[number] = GIVEN, month, place, month + processing
            yield self.env.timeout(processing)
        else:
            self.queue.remove(entry)
            self.course[number] = (LEFT,)

    def registry(self):
        """Gives places in the order of the queue, after arrivals."""
        agreements = self.model.agreements
        yield self.env.timeout(2 * TICK)
        while True:
            month = int(self.env.now)
            for entry in list(self.queue):
                number, case, offered, again, *refused = entry
                if again > month or case.ends <= month:
                    continue
                for place in self.with_:
                    each = agreements[place]
                    wanted = case.persons if each.by_person else 1
                    if (
                        not case.suits >> place & 1
                        or self.left[place] < wanted
                        or case.persons > each.max_persons
                        or month >= self.until[place]
                        or any(first <= month < last for first, last in each.pauses)
                    ):
                        continue
                    how_manieth = refused.count(place)
                    refusal, takes = self.future.offer(number, place, how_manieth)
                    processing = next((months for share, months in each.law if takes <= share), each.processing)
                    if month + processing >= case.ends:
                        continue
                    self.left[place] -= wanted
                    if refusal < each.refusal[0]:
                        self.refused[place] += wanted
                        entry[3] = month + each.refusal[1]
                        entry.append(place)
                    else:
                        self.queue.remove(entry)
                        offered.succeed((place, processing))
                    break
            yield self.env.timeout(1)

    def sums(self, settled=False):
        """What a run costs by fiscal year and fund."""
        model, future = self.model, self.future
        sums, counts = np.zeros((model.years, len(model.funds))), np.zeros((len(COUNTS), model.months + 1))
        in_force = [
            (each.in_force + (future.slips[place] if each.in_force >= 0 else 0), self.until[place])
            for place, each in enumerate(model.agreements)
            if place in self.with_
        ]
        for first, until in in_force:
            if first < model.months:
                stretch(counts, "agreements", first, until)
        for number, case in enumerate(future.cases):
            course = self.course[number]
            place, given, moves, solution = None, None, FAR, None
            if settled:
                given, moves, solution = max(case.arrives, 0), 1 if case.arrives < 0 else case.arrives, 0
            elif course and course[0] == GIVEN:
                _, given, place, moves = course
                solution = model.agreements[place].solution
            row, seen = case.base, solution is not None and moves <= model.months
            if seen:
                first = max(case.arrives, 0)
                row += 1 + solution * (model.months - first + 1) + moves - first
            until = min(case.ends, moves + model.support[solution]) if seen else case.ends
            self.pay(sums, row, future.events[number], moves if seen else FAR)
            stretch(counts, "arrivals", case.arrives, case.arrives + 1)
            lives(counts, case, moves, until)
            if not settled:
                stretch(counts, "waiting", case.arrives, until if given is None else given)
            if given is not None:
                stretch(counts, "processing", given, min(moves, until))
                stretch(counts, "given", given, given + 1)
                stretch(counts, "moves", moves, moves + 1)
        for case, events in zip(model.others, future.events[len(future.cases) :]):
            solution, moves = case.course
            until = min(case.ends, moves + model.support[solution])
            self.pay(sums, case.base, events, moves)
            stretch(counts, "arrivals", case.arrives, case.arrives + 1)
            lives(counts, case, moves, until)
            if case.placed:
                stretch(counts, "processing", case.arrives, moves)
                stretch(counts, "moves", moves, moves + 1)
        counts = counts.cumsum(axis=1)[:, :-1]
        for line in model.lines:
            units = np.ceil(counts[line.counts].sum(axis=0) / line.per) if line.counts else np.ones(model.months)
            paid = (units * line.price * future.factors[line.factor]).reshape(model.years, 12).sum(axis=1)
            sums += paid[:, None] * line.funding
        return sums.ravel()

    def pay(self, sums, row, events, moves):
        sums += (self.model.table[row] @ self.future.factors).reshape(sums.shape)
        for month, price in events:
            if month < moves:
                sums[month // 12, 0] += price * self.future.factors[self.model.event[4]]


def stretch(counts, name, first, until, units=1):
    first, until = max(first, 0), min(until, counts.shape[1] - 1)
    if first < until:
        counts[PLACE[name], first] += units
        counts[PLACE[name], until] -= units


def lives(counts, case, moves, until):
    settled = min(moves, until)
    for kind, first, last in ((0, case.arrives, settled), (1, settled, until)):
        stretch(counts, f"cases{kind}", first, last)
        stretch(counts, f"persons{kind}", first, last, case.persons)


def saving(sums, model, both=False):
    table = sums.reshape(model.years, len(model.funds))
    return [sums.sum(), *table.sum(axis=1), *table.sum(axis=0), *(sums if both else ())]


def future_of(model, seed):
    """The figures of a future, in their order."""
    future = Future(model, seed)
    every = list(range(len(model.agreements)))
    planned = Run(model, future, every)
    run = {"as_planned": planned.sums(), "all_settled": planned.sums(settled=True)}
    signed = [place for place in every if model.agreements[place].signed]
    run["as_signed"] = Run(model, future, signed).sums()
    run["extra"] = run["as_planned"] - run["all_settled"]
    figures = []
    for line in model_of.LINES:
        figures += saving(run[line], model, both=True)
    figures += saving(Run(model, future, []).sums() - run["as_planned"], model)
    for place in every:
        without = Run(model, future, [other for other in every if other != place])
        figures += saving(without.sums() - run["as_planned"], model)
    waits = [
        (max(case.arrives, 0), course[1] if course and course[0] == GIVEN else FAR)
        for case, course in zip(future.cases, planned.course)
    ]
    for limit in (limit for limit in WITHIN if limit <= model.months):
        early = [given - joins <= limit for joins, given in waits if joins + limit <= model.months]
        figures.append(sum(early) / len(early) if early else math.nan)
    figures += [sum(course is None for course in planned.course), sum(planned.lapsed), sum(planned.refused)]
    return figures + planned.lapsed + planned.refused


def some(arguments):
    model, seeds = arguments
    return [future_of(model, seed) for seed in seeds]


def prepare(model, draws, workers):
    pool = multiprocessing.Pool(workers)

    def work(seed):
        seeds = [f"{seed}/{draw}" for draw in range(draws)]
        parts = pool.map(some, [(model, seeds[worker::workers]) for worker in range(workers)])
        columns = np.array([future for part in parts for future in part])
        quantiles = np.nanquantile(columns, [0.5, 0.8, 0.95], axis=0, method="inverted_cdf").T
        return model_of.told(model.figures, np.nanmean(columns, axis=0), np.nanstd(columns, axis=0, ddof=1), quantiles)

    return work


if __name__ == "__main__":
    model_of.run(prepare)
