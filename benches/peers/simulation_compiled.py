"""The simulation as an expert of Numba writes it: tables made beforehand, and one compiled loop over the draws.

See `simulation_tables.py` for the tables. Each run of draws has its own generator, so that threads share nothing:
xoshiro256++ (Blackman and Vigna 2019), made normal values by a ziggurat of 256 layers (Marsaglia and Tsang 2000).
Compiled before the first measurement. See `simulation_model.py` for the arguments.
"""

import math
from concurrent.futures import ThreadPoolExecutor

import numba
import numpy as np

import simulation_model as model_of
from simulation_model import FIRST, SHIFT, WIDTH
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
    """A draw beside the rectangle of a layer; not a number if it must be drawn again."""
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


@numba.njit(inline="always")
def fill(state, z, value, parameters):
    """Draws the parameters."""
    kind, first, second, starts, steps, factor, floor = parameters
    count = len(kind)
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


@numba.njit(parallel=True, error_model="numpy")
def simulate(states, draws, out, parameters, terms, event, pair):
    """`out[figure, draw]`: each pathway, the extra, the premium."""
    whole_numbers, of_pathway, scales, offsets, strides, powers, coefficients = terms
    wait_place, first_wait, waits, stretch_place, per_stretch, first_cell, cells = whole_numbers
    rate_place, index_place, increase, units, years, year_of, paid, paid_stride, mu, sigma = event
    count, pathways = len(parameters[0]), len(of_pathway) - 1
    for run in numba.prange(len(states)):
        state = states[run].copy()
        z, value, cost, growth = np.empty(count), np.empty(count + 2), np.empty(pathways), np.empty(years)
        for draw in range(run * TOGETHER, min((run + 1) * TOGETHER, draws)):
            fill(state, z, value, parameters)
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


@numba.njit(inline="always")
def bin_of(x):
    if x == 0.0:
        return WIDTH
    place = min(max((np.float64(abs(x)).view(np.int64) >> SHIFT) - FIRST, 0), WIDTH - 1)
    return WIDTH + 1 + place if x > 0.0 else WIDTH - 1 - place


@numba.njit(parallel=True, error_model="numpy")
def simulate_all(states, draws, sums, squares, lost, counts, parameters, terms, categories, indices, event, pair):
    """Figures of each pathway, of the extra and of the premium: the total, years, categories.

    `sums[run, figure]`, `squares` and `lost` alike; `counts[thread, figure, bin]`.
    """
    whole_numbers, of_pathway, scales, offsets, strides, powers, coefficients = terms
    wait_place, first_wait, waits, stretch_place, per_stretch, first_cell, cells = whole_numbers
    rate_place, index_place, increase, units, years, year_of, paid, paid_stride, mu, sigma = event
    category_of, category_of_events = categories
    index_places, increases, event_index = indices
    count, pathways = len(parameters[0]), len(of_pathway) - 1
    slots = sums.shape[1] // (pathways + 2)
    for run in numba.prange(len(states)):
        state, thread = states[run].copy(), numba.get_thread_id()
        z, value, cost = np.empty(count), np.empty(count + 2), np.empty((pathways, slots))
        growth = np.ones((len(index_places) + 1, years))  # the last is of lines without an uncertain index
        for _ in range(run * TOGETHER, min((run + 1) * TOGETHER, draws)):
            fill(state, z, value, parameters)
            value[count], value[count + 1] = 1.0, 1.0 / value[stretch_place]
            wait = min(max(np.int64(np.rint(value[wait_place])) - first_wait, 0), waits - 1)
            cell = min(max(np.int64(value[stretch_place] * per_stretch) - first_cell, 0), cells - 1)
            for index in range(len(index_places)):
                rate = 1 + increases[index] + value[index_places[index]]
                for year in range(1, years):
                    growth[index, year] = growth[index, year - 1] * rate
            cost[:] = 0.0
            for pathway in range(pathways):
                for term in range(of_pathway[pathway], of_pathway[pathway + 1]):
                    base = offsets[term] + wait * strides[term, 0] + cell * strides[term, 1]
                    scale = value[scales[term, 0]] * value[scales[term, 1]] * value[scales[term, 2]]
                    total = 0.0
                    for year in range(years):
                        part = coefficients[base + year] * growth[scales[term, 3], year] * scale
                        cost[pathway, 1 + year] += part
                        total += part
                    cost[pathway, 1 + years + category_of[term]] += total
            for _ in range(poisson(state, value[rate_place] * (len(units) / 12))):
                month = units[np.int64(uniform(state) * len(units))]
                year = year_of[month]
                amount = math.exp(mu + sigma * normal(state)) * growth[event_index, year]
                for pathway in range(pathways):
                    part = amount * paid[pathway, wait * paid_stride[pathway], month]
                    cost[pathway, 1 + year] += part
                    cost[pathway, 1 + years + category_of_events] += part
            for pathway in range(pathways):
                for year in range(years):
                    cost[pathway, 0] += cost[pathway, 1 + year]
                for slot in range(slots):
                    keep(run, thread, pathway * slots + slot, cost[pathway, slot], sums, squares, counts)
            for slot in range(slots):
                base = cost[pair[1], slot]
                extra, place = cost[pair[0], slot] - base, (pathways + 1) * slots + slot
                keep(run, thread, place - slots, extra, sums, squares, counts)
                if base > 0.0:
                    keep(run, thread, place, extra / base, sums, squares, counts)
                else:
                    lost[run, place] += 1


@numba.njit(inline="always")
def keep(run, thread, figure, x, sums, squares, counts):
    sums[run, figure] += x
    squares[run, figure] += x * x
    counts[thread, figure, bin_of(x)] += 1


def flat(model, tables):
    """The tables as arrays."""
    places, count = model.places, len(model.uncertain)
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
    whole_numbers = (
        places[tables.wait], int(tables.waits[0]), len(tables.waits), places[tables.stretch], tables.per_stretch,
        tables.first_cell, len(tables.middles),
    )  # fmt: skip
    arrays = map(np.array, (of_pathway, scales, offsets, strides, powers))
    terms = (whole_numbers, *arrays, np.concatenate(coefficients))

    units, paid, (mu, sigma) = tables.events()
    index = tables.event["index"]
    masks = np.zeros((len(paid), len(tables.waits), model.horizon))
    for mask, rows in zip(masks, paid.values()):
        mask[: len(rows)] = rows
    paid_stride = np.array([int(len(rows) > 1) for rows in paid.values()])
    event = (
        places[f"lines.{tables.event['id']}.event.per_year"], places[f"rates.index.{index}.shift"], model.increase[index],
        units, model.years, model.year, masks, paid_stride, mu, sigma,
    )  # fmt: skip
    names = list(model.pathways)
    return parameters, terms, event, (names.index(model_of.ALTERNATIVE), names.index(model_of.BASE))


def prepare(model, draws, workers, whole):
    numba.set_num_threads(workers)
    work = (prepare_all if whole else prepare_totals)(model, draws, workers)
    work(0, min(draws, TOGETHER))  # compiles
    return work


def start(seed, draws):
    """The states of the generators, one for each run of draws."""
    runs = -(-draws // TOGETHER)
    return np.random.SeedSequence(seed).generate_state(4 * runs, np.uint64).reshape(runs, 4)


def prepare_totals(model, draws, workers):
    arguments = flat(model, Tables(model, False))
    names = [*model.pathways, "extra", "premium"]
    out = np.empty((len(names), draws))
    pool = ThreadPoolExecutor(workers)

    def work(seed, draws=draws):
        simulate(start(seed, draws), draws, out, *arguments)
        return model_of.figures(out, names, pool.map)

    return work


def prepare_all(model, draws, workers):
    tables = Tables(model, True)
    parameters, terms, event, pair = flat(model, tables)
    paths = [path for path in model.uncertain if path.startswith("rates.index.")]
    number = {model.places[path]: place for place, path in enumerate(paths)}
    scales = terms[2]
    scales[:, 3] = [number.get(place, len(paths)) for place in scales[:, 3]]
    increases = np.array([model.increase[path.split(".")[2]] for path in paths])
    indices = np.array([model.places[path] for path in paths]), increases, number[event[1]]
    of_terms = np.array([term.category for terms in tables.terms.values() for term in terms])
    categories = of_terms, tables.categories.index(tables.event["category"])
    names = [
        each + slot
        for each in [*model.pathways, "extra", "premium"]
        for slot in model_of.slots(model, tables.categories)
    ]

    def work(seed, draws=draws):
        states = start(seed, draws)
        sums, squares, lost = np.zeros((3, len(states), len(names)))
        counts = np.zeros((workers, len(names), 2 * WIDTH + 1), np.int32)
        simulate_all(states, draws, sums, squares, lost, counts, parameters, terms, categories, indices, event, pair)
        told = lost.sum(axis=0) == 0
        return model_of.counted(names, draws, sums.sum(axis=0), squares.sum(axis=0), counts.sum(axis=0), told)

    return work


if __name__ == "__main__":
    model_of.run(prepare)
