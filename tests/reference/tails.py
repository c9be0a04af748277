"""Reference values of the gamma and beta distributions, and of normal quantiles, computed with mpmath.

Usage: python3 tests/reference/tails.py [--write]

Recomputes the tails in `gamma-tails.txt` and `beta-tails.txt` at the shapes and points that these files list, and
prints how far the stored values are from them; with --write it stores them. Needs mpmath (1.3).
"""

import sys
from pathlib import Path

from mpmath import mp, mpf

FOLDER = Path(__file__).parents[2] / "crates/relocost/src/simulation/numbers"
mp.dps = 45


def density_integral(ln_density, point, mean, spread, upwards):
    """The integral of a density from `point` away, on panels that widen until nothing is added."""
    total, start, width = mpf(0), point, spread / 4
    at_point = ln_density(point)
    while True:
        end = start + width if upwards else start - width
        part = mp.quad(lambda t: mp.exp(ln_density(t) - at_point), [min(start, end), max(start, end)])
        total += part
        if part <= total * mpf(10) ** -30 and abs(start - point) > abs(mean - point) + 4 * spread:
            return total * mp.exp(at_point)
        start, width = end, width * mpf("1.25")


def gamma_tails(a, x):
    """P(X <= x) and P(X > x) of the gamma distribution with shape `a` and scale 1."""
    if a < 100_000:
        # mpmath gives each tail to full precision.
        lower = mp.gammainc(a, 0, x, regularized=True)
        return lower, mp.gammainc(a, x, mp.inf, regularized=True)
    # In t = ln(x / a), where the density is log-concave with spread 1 / sqrt(a).
    front = a * mp.log(a) - mp.loggamma(a)

    def ln_density(t):
        return front + a * (t - mp.exp(t))

    return both_tails(ln_density, mp.log(x / a), mpf(0), 1 / mp.sqrt(a))


def beta_tails(a, b, x, y):
    """P(X <= x) and P(X > x) of the beta distribution; the smaller of `x` and `y` = 1 - x is taken as exact."""
    x, y = (x, 1 - x) if x <= y else (1 - y, y)
    if max(a, b) <= 5_000:
        return mp.betainc(a, b, 0, x, regularized=True), mp.betainc(b, a, 0, y, regularized=True)
    # In log-odds, where the density is log-concave.
    front = mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b)

    def ln_density(t):
        return front - a * mp.log1p(mp.exp(-t)) - b * mp.log1p(mp.exp(t))

    return both_tails(ln_density, mp.log(x / y), mp.log(a / b), mp.sqrt(1 / a + 1 / b))


def both_tails(ln_density, point, mean, spread):
    """Both tails of a density: the one away from the mean is integrated, the other is the rest."""
    if point < mean:
        lower = density_integral(ln_density, point, mean, spread, upwards=False)
        return lower, 1 - lower
    upper = density_integral(ln_density, point, mean, spread, upwards=True)
    return 1 - upper, upper


def checked(name, tails, points):
    """Recomputes a file; returns its lines and the largest relative difference from what it stores."""
    lines, largest = [], mpf(0)
    for line in (FOLDER / name).read_text(encoding="ascii").splitlines():
        if line.startswith("#"):
            lines.append(line)
            continue
        words = line.split(" ")
        found = tails(*(mpf(float(word)) for word in words[:points]))
        for stored, value in zip(words[points:], found, strict=True):
            off = abs(mpf(float(stored)) - value) / value if value > mpf(10) ** -280 else mpf(0)
            if off > mpf(10) ** -14:
                print(f"  {name}: {' '.join(words[:points])}: stored {stored}, found {float(value)!r}")
            largest = max(largest, off)
        lines.append(" ".join(words[:points] + [repr(float(value)) for value in found]))
    return lines, largest


def main():
    for name, tails, points in [("gamma-tails.txt", gamma_tails, 2), ("beta-tails.txt", beta_tails, 4)]:
        lines, largest = checked(name, tails, points)
        print(f"{name}: largest relative difference {mp.nstr(largest, 3)}")
        if "--write" in sys.argv[1:]:
            (FOLDER / name).write_text("\n".join(lines) + "\n", encoding="ascii")
    for p in ["0.975", "0.95", "0.1", "0.075", "1e-10", "1e-15", "1e-100"]:
        # The probability is the binary number that the test passes.
        p = mpf(float(p))
        start = mp.sqrt(2) * mp.erfinv(2 * p - 1) if p > mpf("1e-9") else -mp.sqrt(-2 * mp.log(p))
        z = mp.findroot(lambda z: mp.log(mp.erfc(-z / mp.sqrt(2)) / 2 / p), start)
        print(f"normal quantile at {float(p)!r}: {float(z)!r}")


if __name__ == "__main__":
    main()
