"""The simulation as an expert of Numba writes it: the tables of `simulation_tables.py`, and one compiled loop over draws.

Each run of draws has its own generator (xoshiro256++, Blackman and Vigna 2019; normal values by a ziggurat of 256
layers, Marsaglia and Tsang 2000), so that threads share nothing. Compiled before the first measurement. See
`simulation_model.py` for the arguments.
"""

import math
from concurrent.futures import ThreadPoolExecutor

import numba
import numpy as np

import simulation_model as model_of
from simulation_tables import CELLS, REACH, Tables

TOGETHER = 4096  # draws of one generator
KINDS = {"normal": 0, "lognormal": 1}
TABLE = 2
LAYERS = 256


def ziggurat():
    """The borders of layers of equal area under exp(-x^2 / 2), from outside; the first is as if it had no tail."""

    def layers(tail):
        area = tail * math.exp(-tail * tail / 2) + math.sqrt(math.pi / 2) * math.erfc(tail / math.sqrt(2))
        borders = [area / math.exp(-tail * tail / 2), tail]
        while len(borders) < LAYERS:
            height = area / borders[-1] + math.exp(-(borders[-1] ** 2) / 2)
            if height >= 1:
                return None
            borders.append(math.sqrt(-2 * math.log(height)))
        return area / borders[-1] + math.exp(-(borders[-1] ** 2) / 2), [*borders, 0.0]

    low, high = 3.0, 4.0  # the least tail with which the layers do not pass the top
    for _ in range(60):
        middle = (low + high) / 2
        found = layers(middle)
        low, high = (low, middle) if found and found[0] <= 1 else (middle, high)
    return np.array(layers(high)[1])


BORDERS = ziggurat()
HEIGHTS = np.exp(-(BORDERS**2) / 2)
TAIL = BORDERS[1]


@numba.njit(inline="always")
def following(state):
    """64 random bits."""
    result = state[0] + state[3]
    result = ((result << np.uint64(23)) | (result >> np.uint64(41))) + state[0]
    mixed = state[1] << np.uint64(17)
    state[2] ^= state[0]
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= mixed
    state[3] = (state[3] << np.uint64(45)) | (state[3] >> np.uint64(19))
    return result


@numba.njit(inline="always")
def uniform(state):
    return (np.float64(following(state) >> np.uint64(11)) + 0.5) * 2.0**-53


@numba.njit
def rare(state, layer, x):
    """What lies beside the rectangle of a layer; not a number if it is to be drawn again."""
    if layer == 0:
        while True:
            beyond = -math.log(uniform(state)) / TAIL
            if -2 * math.log(uniform(state)) >= beyond * beyond:
                return TAIL + beyond
    height = HEIGHTS[layer] + uniform(state) * (HEIGHTS[layer + 1] - HEIGHTS[layer])
    return x if height < math.exp(-x * x / 2) else math.nan


@numba.njit(inline="always")
def normal(state):
    while True:
        bits = following(state)
        layer = np.int64((bits >> np.uint64(3)) & np.uint64(LAYERS - 1))
        x = np.float64(bits >> np.uint64(11)) * 2.0**-53 * BORDERS[layer]
        if x >= BORDERS[layer + 1]:
            x = rare(state, layer, x)
            if math.isnan(x):
                continue
        return x if bits & np.uint64(4) else -x


@numba.njit(inline="always")
def poisson(state, mean):
    """By inversion: means are small."""
    u, number = uniform(state), 0
    probability = math.exp(-mean)
    below = probability
    while u > below and probability > 0.0:
        number += 1
        probability *= mean / number
        below += probability
    return number


@numba.njit(parallel=True, error_model="numpy")
def simulate(states, draws, out, parameters, terms, event, pair):
    """`out[figure, draw]`: each pathway, the extra, the premium."""
    kind, first, second, starts, steps, factor, floor = parameters
    wait_place, first_wait, waits, stretch_place, per_stretch, first_cell, cells, of_pathway, scales, offsets, strides, \
        powers, coefficients = terms  # fmt: skip
    rate_place, index_place, increase, units, years, year_of, paid, paid_stride, mu, sigma = event
    count, pathways = len(kind), len(of_pathway) - 1
    for run in numba.prange(len(states)):
        state = states[run].copy()
        z, value, cost, growth = np.empty(count), np.empty(count + 2), np.empty(pathways), np.empty(years)
        for draw in range(run * TOGETHER, min((run + 1) * TOGETHER, draws)):
            for place in range(count):
                z[place] = normal(state)
            for place in range(count):
                x = factor[place, place] * z[place]
                for other in range(place):
                    if factor[place, other] != 0.0:
                        x += factor[place, other] * z[other]
                if kind[place] == TABLE:
                    at = min(max((x + REACH) * (CELLS / (2 * REACH)), 0.0), CELLS - 0.5)
                    cell = np.int64(at)
                    x = starts[place, cell] + (at - cell) * steps[place, cell]
                else:
                    x = first[place] + second[place] * x
                    if kind[place] == 1:
                        x = math.exp(x)
                value[place] = max(x, floor[place])
            value[count], value[count + 1] = 1.0, 1.0 / value[stretch_place]
            wait = min(max(np.int64(np.rint(value[wait_place])) - first_wait, 0), waits - 1)
            cell = min(max(np.int64(value[stretch_place] * per_stretch) - first_cell, 0), cells - 1)
            for pathway in range(pathways):
                total = 0.0
                for term in range(of_pathway[pathway], of_pathway[pathway + 1]):
                    base = offsets[term] + wait * strides[term, 0] + cell * strides[term, 1]
                    delta = value[scales[term, 3]]
                    sum = coefficients[base + powers[term] - 1]
                    for power in range(powers[term] - 2, -1, -1):
                        sum = sum * delta + coefficients[base + power]
                    total += sum * value[scales[term, 0]] * value[scales[term, 1]] * value[scales[term, 2]]
                cost[pathway] = total
            number = poisson(state, value[rate_place] * (len(units) / 12))
            if number:
                growth[0] = 1.0
                for year in range(1, years):
                    growth[year] = growth[year - 1] * (1 + increase + value[index_place])
            for _ in range(number):
                month = units[np.int64(uniform(state) * len(units))]
                amount = math.exp(mu + sigma * normal(state)) * growth[year_of[month]]
                for pathway in range(pathways):
                    cost[pathway] += amount * paid[pathway, wait * paid_stride[pathway], month]
            for pathway in range(pathways):
                out[pathway, draw] = cost[pathway]
            extra = cost[pair[0]] - cost[pair[1]]
            out[pathways, draw], out[pathways + 1, draw] = extra, extra / cost[pair[1]]


def flat(model):
    """The tables as arrays."""
    tables, places, count = Tables(model), model.places, len(model.uncertain)
    kind, first, second, floor = np.full(count, TABLE), np.zeros(count), np.zeros(count), np.full(count, -np.inf)
    starts, steps = np.zeros((count, CELLS)), np.zeros((count, CELLS))
    for place, (path, each) in enumerate(model.uncertain.items()):
        kind[place] = KINDS.get(each.kind, TABLE)
        if each.kind == "normal":
            first[place], second[place] = each.given["mean"], each.given["sd"]
        elif each.kind == "lognormal":
            first[place], second[place] = each.lognormal()
        else:
            starts[place], steps[place] = tables.quantiles(path)
        if path.endswith((".amount", ".per_year")):
            floor[place] = 0.0
    parameters = kind, first, second, starts, steps, model.factor, floor

    of_pathway, scales, offsets, strides, powers, coefficients = [0], [], [], [], [], []
    for terms in tables.terms.values():
        for term in terms:
            waits, cells, degree = term.table.shape
            scales.append([places.get(term.amount, count), places.get(term.exchange, count),
                           count + term.stretched, places.get(term.index, count)])  # fmt: skip
            offsets.append(sum(map(len, coefficients)))
            strides.append([cells * degree if waits > 1 else 0, degree if cells > 1 else 0])
            powers.append(degree)
            coefficients.append(term.table.ravel())
        of_pathway.append(len(offsets))
    terms = (
        places[tables.wait], int(tables.waits[0]), len(tables.waits), places[tables.stretch], tables.per_stretch,
        tables.first_cell, len(tables.middles), *map(np.array, (of_pathway, scales, offsets, strides, powers)),
        np.concatenate(coefficients),
    )  # fmt: skip

    units, paid, (mu, sigma) = tables.events()
    index = tables.event["index"]
    masks = np.zeros((len(paid), len(tables.waits), model.horizon))
    for mask, rows in zip(masks, paid.values()):
        mask[: len(rows)] = rows
    paid_stride = np.array([int(len(rows) > 1) for rows in paid.values()])
    event = (
        places[f"lines.{tables.event['id']}.event.per_year"], places[f"rates.index.{index}"], model.increase[index],
        units, model.years, model.year, masks, paid_stride, mu, sigma,
    )  # fmt: skip
    names = list(model.pathways)
    return parameters, terms, event, (names.index(model_of.ALTERNATIVE), names.index(model_of.BASE))


def prepare(model, draws, workers):
    numba.set_num_threads(workers)
    arguments = flat(model)
    names = [*model.pathways, "extra", "premium"]
    out = np.empty((len(names), draws))
    pool = ThreadPoolExecutor(workers)

    def work(seed, draws=draws):
        runs = -(-draws // TOGETHER)
        states = np.random.SeedSequence(seed).generate_state(4 * runs, np.uint64).reshape(runs, 4)
        simulate(states, draws, out, *arguments)
        return model_of.figures(out, names, pool.map)

    work(0, min(draws, TOGETHER))  # compiles
    return work


if __name__ == "__main__":
    model_of.run(prepare)
