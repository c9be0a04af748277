"""The futures of a programme as an expert of Numba writes them: one compiled loop over the futures, on all threads.

What a household costs on a route is a row of a table. A queue is run with all agreements, and again with every other set
that matters: one without an agreement that made an offer. Only cases that move otherwise are costed again, and only
counts that change are counted again. Refusals and processing times are hashes of the future, the case, the agreement and
the offer, so that every run of a future meets the same ones. Compiled before the first measurement. See
`programme_model.py` for the arguments.
"""

import math

import numba
import numpy as np

import programme_model as model_of
from programme_model import COUNTS, FAR, WITHIN

MOST = 256  # cases in a future
ROWS = len(COUNTS)
CASES0, CASES1, PERSONS0, PERSONS1, WAITING, PROCESSING, ARRIVALS, GIVEN, MOVES, AGREEMENTS = range(ROWS)
LATEST = np.array(WITHIN)


@numba.njit(inline="always")
def hashed(x):
    """A number of (0, 1) for a whole number (splitmix64, Steele, Lea and Flood 2014)."""
    x = (x + np.uint64(0x9E3779B97F4A7C15)) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x = x ^ (x >> np.uint64(31))
    return (np.float64(x >> np.uint64(11)) + 0.5) * 2.0**-53


@numba.njit(inline="always")
def offer(seed, case, agreement, number, purpose):
    place = ((case * 64 + agreement) * 1024 + number) * 2 + purpose
    return hashed(seed + np.uint64(place) * np.uint64(0xD1342543DE82EF95))


@numba.njit(inline="always")
def triangular(u, low, mode, high):
    if u * (high - low) < mode - low:
        return low + math.sqrt(u * (high - low) * (mode - low))
    return high - math.sqrt((1 - u) * (high - low) * (high - mode))


@numba.njit
def queue(months, count, cases, agreed, grants, until, law, pauses, seed, runs, with_, given, lapsed, refused):
    """Runs the queue with some agreements. Fills the month, agreement and move of each case; -1 is none, and an agreement
    of -2 has left. Gives the agreements that made an offer."""
    arrives, persons, ends, suits = cases
    by_person, carry_over, in_hand, processing, most, refusal, after = agreed
    number = len(by_person)
    left, next_, waiting, again, offers = runs
    offers[:count] = 0
    waits, arriving, offered = 0, 0, 0
    for place in range(number):
        left[place] = in_hand[place] if with_ >> place & 1 else 0
        next_[place] = 0
    given[:count] = -1
    again[:count] = 0
    for month in range(months):
        open_ = 0
        for place in range(number):
            if not with_ >> place & 1:
                continue
            due = grants[place, next_[place], 0] == month
            over = until[place] <= month
            if over or (due and not carry_over[place]):
                lapsed[place] += left[place]
                left[place] = 0
            if due:
                if not over:
                    left[place] += grants[place, next_[place], 1]
                next_[place] += 1
            if left[place] > 0 and not over:
                paused = False
                for pause in pauses[place]:
                    paused |= pause[0] <= month < pause[1]
                if not paused:
                    open_ |= 1 << place
        while arriving < count and arrives[arriving] <= month:
            waiting[waits] = arriving
            waits += 1
            arriving += 1
        kept = 0
        for rank in range(waits):
            case = waiting[rank]
            if ends[case] <= month:
                given[case, 1] = -2
                continue
            stays = True
            suited = suits[case] & open_
            if suited and again[case] <= month:
                for place in range(number):
                    if not suited >> place & 1:
                        continue
                    wanted = persons[case] if by_person[place] else 1
                    if left[place] < wanted or persons[case] > most[place]:
                        continue
                    how_manieth = offers[case, place]
                    takes = processing[place]
                    if law[place, 0, 1] > 0:
                        u, step = offer(seed, case, place, how_manieth, 1), 0
                        while u > law[place, step, 0]:
                            step += 1
                        takes = np.int64(law[place, step, 1])
                    if month + takes >= ends[case]:
                        continue
                    left[place] -= wanted
                    if left[place] == 0:
                        open_ &= ~(1 << place)
                    offered |= 1 << place
                    if refusal[place] > 0 and offer(seed, case, place, how_manieth, 0) < refusal[place]:
                        offers[case, place] += 1
                        refused[place] += wanted
                        again[case] = month + after[place]
                    else:
                        given[case, 0], given[case, 1], given[case, 2] = month, place, month + takes
                        stays = False
                    break
            if stays:
                waiting[kept] = case
                kept += 1
        waits = kept
    return offered


@numba.njit
def cost(row, table, factors, events, first_event, last_event, moves, event_factor, funds, out):
    """What a case costs on a route, by fiscal year and fund."""
    of_route = table[row]
    for slot in range(len(out)):
        sum_ = 0.0
        for place in range(len(factors)):
            sum_ += of_route[slot, place] * factors[place]
        out[slot] = sum_
    for event in range(first_event, last_event):
        if events[event, 0] < moves:
            out[np.int64(events[event, 0]) // 12 * funds] += events[event, 1] * event_factor


@numba.njit(inline="always")
def stretch(counts, row, first, until, months, units):
    first, until = max(first, 0), min(until, months)
    if first < until:
        counts[row, first] += units
        counts[row, until] -= units


@numba.njit(inline="always")
def at(counts, row, month, until, months):
    if 0 <= month < min(until, months):
        counts[row, month] += 1
        counts[row, month + 1] -= 1


@numba.njit(inline="always")
def at_less(counts, row, month, until, months):
    if 0 <= month < min(until, months):
        counts[row, month] -= 1
        counts[row, month + 1] += 1


@numba.njit
def count_case(counts, arrives, persons, ends, given, moves, solution, support, months, waits, sign):
    """Adds a case to the steps of counts, or takes it away. Without a solution it waits; `given` is FAR without a place."""
    until = ends
    if solution >= 0 and moves <= months:
        until = min(ends, moves + support[solution])
    settled = min(moves, until) if solution >= 0 and moves <= months else until
    stretch(counts, CASES0, arrives, settled, months, sign)
    stretch(counts, PERSONS0, arrives, settled, months, sign * persons)
    stretch(counts, CASES1, settled, until, months, sign)
    stretch(counts, PERSONS1, settled, until, months, sign * persons)
    if waits:
        stretch(counts, WAITING, arrives, min(given, until), months, sign)
    if given < FAR:
        stretch(counts, PROCESSING, given, min(moves, until), months, sign)
        if waits or solution >= 0:
            if sign > 0:
                at(counts, GIVEN, given, until, months)
                at(counts, MOVES, moves, until, months)
            else:
                at_less(counts, GIVEN, given, until, months)
                at_less(counts, MOVES, moves, until, months)


@numba.njit
def lines(counts, prices, factors, of_factor, rows, per, funding, months, years, funds, out):
    """What the programme's own lines cost, from the steps of counts."""
    out[:] = 0.0
    running = np.zeros(ROWS, np.int64)
    for month in range(months):
        for row in range(ROWS):
            running[row] += counts[row, month]
        for line in range(len(per)):
            if prices[line, month] == 0.0:
                continue
            units = 0
            for row in rows[line]:
                if row >= 0:
                    units += running[row]
            if rows[line, 0] < 0:
                units = 1
            paid = -(-units // per[line]) * prices[line, month] * factors[of_factor[line]]
            for fund in range(funds):
                out[month // 12 * funds + fund] += paid * funding[line, fund]


@numba.njit
def write(values, out, first, years, funds, both):
    """A total, its years and funds, and both."""
    out[first : first + 1 + years + funds] = 0.0
    for year in range(years):
        for fund in range(funds):
            paid = values[year * funds + fund]
            out[first] += paid
            out[first + 1 + year] += paid
            out[first + 1 + years + fund] += paid
            if both:
                out[first + 1 + years + funds + year * funds + fund] = paid


@numba.njit(parallel=True)
def simulate(seed, draws, out, months, years, funds, laws, table, declared, fixed, arriving, support, agreed, terms, law, pauses, slips, own, event):
    (of_arrival, mean_of_arrival, suits_of_arrival, persons_of_arrival) = arriving
    (by_person, carry_over, in_hand, processing, most, refusal, after, solution_of, signed_set) = agreed
    (grants_of, until_of, in_force_of, with_until) = terms
    (prices, of_factor, rows, per, funding) = own
    (per_month, mu, sigma, price_of_event, factor_of_event) = event
    (d_arrives, d_persons, d_ends, d_suits, d_base) = declared
    (f_arrives, f_persons, f_ends, f_base, f_solution, f_moves, f_placed) = fixed
    number, width, entries = len(by_person), years * funds, len(mean_of_arrival)
    everything = (1 << number) - 1
    threads = numba.get_num_threads()
    for thread in numba.prange(threads):
        arrives, persons = np.zeros(MOST, np.int64), np.zeros(MOST, np.int64)
        ends, suits, base = np.zeros(MOST, np.int64), np.zeros(MOST, np.int64), np.zeros(MOST, np.int64)
        grants, until, in_force = grants_of.copy(), until_of.copy(), in_force_of.copy()
        factors = np.ones(len(laws) + 1)
        left, next_ = np.zeros(number, np.int64), np.zeros(number, np.int64)
        waiting, again = np.zeros(MOST, np.int64), np.zeros(MOST, np.int64)
        offers = np.zeros((MOST, number), np.int64)
        runs = (left, next_, waiting, again, offers)
        cases = (arrives, persons, ends, suits)
        terms_of_run = (by_person, carry_over, in_hand, processing, most, refusal, after)
        planned, other = np.zeros((MOST, 3), np.int64), np.zeros((MOST, 3), np.int64)
        events, first_event = np.zeros((4096, 2)), np.zeros(MOST + 1, np.int64)
        of_case, difference = np.zeros((MOST, width)), np.zeros(width)
        sums = np.zeros((4, width))
        one = np.zeros(width)
        counts = np.zeros((3, ROWS, months + 1), np.int64)
        fixed_counts = np.zeros((ROWS, months + 1), np.int64)
        own_planned, own_other = np.zeros(width), np.zeros(width)
        unheard = np.zeros((2, number), np.int64)
        lapsed, refused = np.zeros(number, np.int64), np.zeros(number, np.int64)
        for place in range(len(f_arrives)):
            moves, solution = f_moves[place], f_solution[place]
            # Placed cases are processed from their arrival; those of a pathway never.
            given = f_arrives[place] if f_placed[place] else FAR
            count_fixed(fixed_counts, f_arrives[place], f_persons[place], f_ends[place], given, moves, solution, support, months)
            at(fixed_counts, ARRIVALS, f_arrives[place], FAR, months)
        np.random.seed(seed * threads + thread)
        for draw in range(thread, draws, threads):
            key = np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(draw) * np.uint64(0x2545F4914F6CDD1D)
            result = out[draw]
            for place in range(len(laws)):
                value = np.random.normal(laws[place, 1], laws[place, 2])
                factors[place] = math.exp(value) if laws[place, 0] else max(value, 0.0)
            for place in range(number):
                if slips[place, 2] > 0:
                    slip = np.int64(np.rint(triangular(np.random.random(), slips[place, 0], slips[place, 1], slips[place, 2])))
                    for grant in range(grants.shape[1]):
                        grants[place, grant, 0] = grants_of[place, grant, 0] + slip
                    in_force[place] = in_force_of[place] + (slip if in_force_of[place] >= 0 else 0)
                    if with_until[place] and until_of[place] > 0:
                        until[place] = until_of[place] + slip
            # Those who arrive, month by month, after the declared cases of the month.
            count, at_declared = 0, 0
            for month in range(min(d_arrives[0], 0), months):
                while at_declared < len(d_arrives) and d_arrives[at_declared] == month:
                    arrives[count], persons[count] = month, d_persons[at_declared]
                    ends[count], suits[count], base[count] = d_ends[at_declared], d_suits[at_declared], d_base[at_declared]
                    count += 1
                    at_declared += 1
                if month >= 0:
                    for entry in range(entries):
                        for _ in range(np.random.poisson(mean_of_arrival[entry])):
                            arrives[count], persons[count] = month, persons_of_arrival[entry]
                            ends[count], suits[count] = FAR, suits_of_arrival[entry]
                            base[count] = of_arrival[entry, month]
                            count += 1
            # What happens to those who wait.
            total = 0
            for case in range(count):
                first_event[case] = total
                first, last = max(arrives[case], 0), min(ends[case], months)
                for _ in range(np.random.poisson(per_month * persons[case] * (last - first))):
                    month = first + np.int64(np.random.random() * (last - first))
                    events[total, 0] = month
                    events[total, 1] = math.exp(np.random.normal(mu, sigma)) * price_of_event[month]
                    total += 1
            first_event[count] = total
            event_factor = factors[factor_of_event]

            lapsed[:] = 0
            refused[:] = 0
            offered = queue(months, count, cases, terms_of_run, grants, until, law, pauses, key, runs, everything, planned, lapsed, refused)
            sums[:] = 0.0
            for place in range(len(f_arrives)):
                cost(f_base[place], table, factors, events, 0, 0, 0, event_factor, funds, one)
                if f_placed[place]:
                    first, last = max(f_arrives[place], 0), min(f_moves[place], months)
                    if first < last:
                        for _ in range(np.random.poisson(per_month * f_persons[place] * (last - first))):
                            month = first + np.int64(np.random.random() * (last - first))
                            one[month // 12 * funds] += math.exp(np.random.normal(mu, sigma)) * price_of_event[month] * event_factor
                sums[1] += one
                sums[2] += one
            counts[0] = fixed_counts
            counts[1] = fixed_counts
            for case in range(count):
                given, agreement, moves = planned[case, 0], planned[case, 1], planned[case, 2]
                solution = solution_of[agreement] if agreement >= 0 else -1
                row = row_of(base[case], arrives[case], solution, moves, months)
                cost(row, table, factors, events, first_event[case], first_event[case + 1], moves if row > base[case] else FAR, event_factor, funds, of_case[case])
                sums[1] += of_case[case]
                count_case(counts[0], arrives[case], persons[case], ends[case], given if solution >= 0 else FAR, moves if solution >= 0 else FAR, solution, support, months, True, 1)
                at(counts[0], ARRIVALS, arrives[case], FAR, months)
                settles = 1 if arrives[case] < 0 else arrives[case]
                row = row_of(base[case], arrives[case], 0, settles, months)
                cost(row, table, factors, events, first_event[case], first_event[case + 1], settles, event_factor, funds, one)
                sums[2] += one
                count_case(counts[1], arrives[case], persons[case], ends[case], max(arrives[case], 0), settles, 0, support, months, False, 1)
                at(counts[1], ARRIVALS, arrives[case], FAR, months)
            count_agreements(counts[0], everything, in_force, until, months)
            count_agreements(counts[1], everything, in_force, until, months)
            lines(counts[0], prices, factors, of_factor, rows, per, funding, months, years, funds, own_planned)
            sums[1] += own_planned
            lines(counts[1], prices, factors, of_factor, rows, per, funding, months, years, funds, one)
            sums[2] += one

            of_line, of_saving = 1 + years + funds + width, 1 + years + funds
            for number_of_set in range(number + 2):
                if number_of_set == 0:
                    with_ = signed_set
                elif number_of_set == 1:
                    with_ = 0
                else:
                    with_ = everything & ~(1 << (number_of_set - 2))
                difference[:] = 0.0
                counts[2] = counts[0]
                if offered & ~with_:
                    queue(months, count, cases, terms_of_run, grants, until, law, pauses, key, runs, with_, other, unheard[0], unheard[1])
                    for case in range(count):
                        if planned[case, 0] == other[case, 0] and planned[case, 1] == other[case, 1] and planned[case, 2] == other[case, 2]:
                            continue
                        for way in range(2):
                            course = planned[case] if way == 0 else other[case]
                            solution = solution_of[course[1]] if course[1] >= 0 else -1
                            if way == 1:
                                row = row_of(base[case], arrives[case], solution, course[2], months)
                                cost(row, table, factors, events, first_event[case], first_event[case + 1], course[2] if row > base[case] else FAR, event_factor, funds, one)
                                for slot in range(width):
                                    difference[slot] += one[slot] - of_case[case, slot]
                            count_case(counts[2], arrives[case], persons[case], ends[case], course[0] if solution >= 0 else FAR, course[2] if solution >= 0 else FAR, solution, support, months, True, 1 if way == 1 else -1)
                counts[2, AGREEMENTS] = 0
                count_agreements(counts[2], with_, in_force, until, months)
                lines(counts[2], prices, factors, of_factor, rows, per, funding, months, years, funds, own_other)
                for slot in range(width):
                    difference[slot] += own_other[slot] - own_planned[slot]
                if number_of_set == 0:
                    for slot in range(width):
                        sums[0, slot] = sums[1, slot] + difference[slot]
                else:
                    write(difference, result, 4 * of_line + (number_of_set - 1) * of_saving, years, funds, False)
            sums[3] = sums[1] - sums[2]
            for line in range(4):
                write(sums[line], result, line * of_line, years, funds, True)

            place = 4 * of_line + (number + 1) * of_saving
            for limit in LATEST:
                if limit > months:
                    continue
                early, in_time = 0, 0
                for case in range(count):
                    joins = max(arrives[case], 0)
                    if joins + limit <= months:
                        early += 1
                        in_time += planned[case, 1] >= 0 and planned[case, 0] - joins <= limit
                result[place] = in_time / early if early else math.nan
                place += 1
            result[place : place + 3] = 0.0
            for case in range(count):
                result[place] += planned[case, 1] == -1
            for agreement in range(number):
                result[place + 1] += lapsed[agreement]
                result[place + 2] += refused[agreement]
                result[place + 3 + agreement] = lapsed[agreement]
                result[place + 3 + number + agreement] = refused[agreement]


@numba.njit(inline="always")
def row_of(base, arrives, solution, moves, months):
    if solution < 0 or moves > months:
        return base
    first = max(arrives, 0)
    return base + 1 + solution * (months - first + 1) + moves - first


@numba.njit
def count_fixed(counts, arrives, persons, ends, given, moves, solution, support, months):
    """A case of `placed` or of a pathway, which moves without a place."""
    until = min(ends, moves + support[solution])
    settled = min(moves, until)
    stretch(counts, CASES0, arrives, settled, months, 1)
    stretch(counts, PERSONS0, arrives, settled, months, persons)
    stretch(counts, CASES1, settled, until, months, 1)
    stretch(counts, PERSONS1, settled, until, months, persons)
    if given < FAR:
        stretch(counts, PROCESSING, given, settled, months, 1)
        at(counts, MOVES, moves, until, months)


@numba.njit
def count_agreements(counts, with_, in_force, until, months):
    for place in range(len(in_force)):
        if with_ >> place & 1 and in_force[place] < months:
            stretch(counts, AGREEMENTS, in_force[place], until[place], months, 1)


@numba.njit(parallel=True)
def summed(out, mean, sd, quantiles):
    """Means, spreads and quantiles of the columns of all futures."""
    draws, figures = out.shape
    for figure in numba.prange(figures):
        column = np.empty(draws)
        count, total = 0, 0.0
        for draw in range(draws):
            value = out[draw, figure]
            if not math.isnan(value):
                column[count] = value
                total += value
                count += 1
        column = column[:count]
        centre, square = total / count, 0.0
        for value in column:
            square += (value - centre) ** 2
        mean[figure], sd[figure] = centre, math.sqrt(square / (count - 1))
        column.sort()
        for place, share in enumerate((0.5, 0.8, 0.95)):
            quantiles[figure, place] = column[max(math.ceil(count * share) - 1, 0)]


def whole(values):
    return np.array(values, np.int64)


def prepare(model, draws, workers):
    numba.set_num_threads(workers)
    laws = np.array([[law == "lognormal", first, second] for law, first, second in model.factors], float)
    queueing, others, agreements = model.queueing, model.others, model.agreements
    declared = tuple(
        whole([getattr(case, name) for case in queueing]) for name in ("arrives", "persons", "ends", "suits", "base")
    )
    fixed = tuple(whole([getattr(case, name) for case in others]) for name in ("arrives", "persons", "ends", "base"))
    fixed += tuple(whole(column) for column in zip(*(case.course for case in others)))
    fixed += (whole([case.placed for case in others]),)
    arriving = (
        whole([[case.base for case in cases] for _, cases in model.arrivals]),
        np.array([mean for mean, _ in model.arrivals]),
        whole([cases[0].suits for _, cases in model.arrivals]),
        whole([cases[0].persons for _, cases in model.arrivals]),
    )
    signed = sum(1 << place for place, each in enumerate(agreements) if each.signed)
    agreed = (
        *(whole([getattr(each, name) for each in agreements])
          for name in ("by_person", "carry_over", "in_hand", "processing", "max_persons")),
        np.array([each.refusal[0] for each in agreements]),
        whole([each.refusal[1] for each in agreements]),
        whole([each.solution for each in agreements]),
        signed,
    )  # fmt: skip
    most = max(len(each.grants) for each in agreements) + 1
    grants = whole([each.grants + [(FAR, 0)] * (most - len(each.grants)) for each in agreements])
    terms = (grants, *(whole([getattr(each, name) for each in agreements]) for name in ("until", "in_force", "with_until")))
    steps = max(max(len(each.law) for each in agreements), 1)
    law = np.array([each.law + [(2.0, 0)] * (steps - len(each.law)) for each in agreements], float)
    most = max(max(len(each.pauses) for each in agreements), 1)
    pauses = whole([each.pauses + [(0, 0)] * (most - len(each.pauses)) for each in agreements])
    slips = np.array([each.slip or (0, 0, 0) for each in agreements], float)
    lines = model.lines
    own = (
        np.array([line.price for line in lines]),
        whole([line.factor for line in lines]),
        whole([(line.counts + [-1, -1])[:2] for line in lines]),
        whole([line.per for line in lines]),
        np.array([line.funding for line in lines]),
    )
    arguments = (
        model.months, model.years, len(model.funds), laws, model.table, declared, fixed, arriving, whole(model.support), agreed,
        terms, law, pauses, slips, own, model.event,
    )  # fmt: skip
    names = model.figures
    figures = len(names)

    def work(seed, draws=draws):
        out = np.empty((draws, figures))
        mean, sd, quantiles = np.empty(figures), np.empty(figures), np.empty((figures, 3))
        simulate(seed, draws, out, *arguments)
        summed(out, mean, sd, quantiles)
        return model_of.told(names, mean, sd, quantiles)

    work(0, 64)  # compiles
    return work


if __name__ == "__main__":
    model_of.run(prepare)
