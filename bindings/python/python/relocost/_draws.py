"""What the simulations of scenarios and of programmes share: how draws are asked for, and what is known over them."""

from __future__ import annotations

import difflib
import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal, TypeVar, get_args

from . import _relocost
from ._discreet import discreet
from ._values import count, whole
from .errors import Code, _refused

__all__ = ["Figures", "Keep", "Options", "Sampling", "options", "sampling_of"]

Sampling = Literal["random", "latin_hypercube", "sobol"]
"""The placement of draws: independent of one another; in Latin hypercubes; or as Sobol' points, scrambled."""

Keep = Literal["nothing", "totals", "everything"]
"""The draws that are kept: none; those of totals; or those by fiscal year, category and fund too."""

Figures = Literal["all", "totals", "by_fiscal_year", "by_category", "by_fund"]
"""The figures of a simulation: totals, with parts of all kinds, none, or one."""

_LONGEST = 40

_T = TypeVar("_T")

Options = tuple[int, int, str, str, str, str, str, str, "float | None", "int | None"]
"""Draws, seed, sampling, base, alternative, basis, what is kept, precision, threads: as the library takes them."""


@discreet
class _OverDraws:
    """What is known of a figure over the draws."""

    __slots__ = ("_core",)

    _core: _relocost.Statistics

    def __copy__(self: _T) -> _T:
        return self

    def __deepcopy__(self: _T, memo: Any) -> _T:
        return self

    @property
    def draws(self) -> int:
        """The number of draws that have the figure."""
        return self._core.draws

    @property
    def mean(self) -> float:
        """The mean of the draws."""
        return self._core.mean

    @property
    def sd(self) -> float:
        """The standard deviation of the draws, with N - 1."""
        return self._core.sd

    @property
    def se(self) -> float:
        """The standard error of the mean; under `latin_hypercube` and `sobol` from 16 independent randomisations."""
        return self._core.se

    @property
    def least(self) -> float:
        """The smallest draw."""
        return self._core.least

    @property
    def most(self) -> float:
        """The largest draw."""
        return self._core.most

    def quantile(self, share: float) -> float:
        """The smallest value at or below which a share of the draws lies.

        It is exact where draws are kept, otherwise within a relative width of 2^-10.

        Parameters
        ----------
        share : float
            A share of the draws, from 0 to 1.

        Returns
        -------
        float
            In units of the currency, or of a premium a share.

        Raises
        ------
        ValidationError
            The share is not from 0 to 1.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=12, household=[34],
        ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
        ... )
        >>> total = s.simulate(1000).pathways["permanent"].total
        >>> total.quantile(0.5) < total.quantile(0.8)
        True
        """
        return self._core.quantile(_share(share))

    def exceedance(self, value: float | Decimal) -> float:
        """The share of the draws above a value.

        Parameters
        ----------
        value : float | Decimal
            In units of the currency, or of a premium a share.

        Returns
        -------
        float
            From 0 to 1.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=12, household=[34],
        ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
        ... )
        >>> total = s.simulate(1000).pathways["permanent"].total
        >>> total.exceedance(0)
        1.0
        """
        return self._core.exceedance(_float(value, "value"))

    def expected_shortfall(self, share: float) -> float:
        """The mean of the worst draws: of the `1 - share` with the largest values.

        Parameters
        ----------
        share : float
            A share of the draws, from 0 to 1.

        Returns
        -------
        float
            In units of the currency, or of a premium a share.

        Raises
        ------
        ValidationError
            The share is not from 0 to 1.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=12, household=[34],
        ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
        ... )
        >>> total = s.simulate(1000).pathways["permanent"].total
        >>> total.expected_shortfall(0.95) > total.quantile(0.95)
        True
        """
        return self._core.expected_shortfall(_share(share))

    @property
    def quantiles(self) -> dict[float, float]:
        """The quantiles that budget papers quote, by their shares: 0.05, 0.1, 0.5, 0.8, 0.9, 0.95."""
        return {share: value for share, value, _ in self._core.quantiles()}

    @property
    def quantile_errors(self) -> dict[float, float]:
        """The standard errors of these quantiles, by their shares."""
        return {share: error for share, _, error in self._core.quantiles()}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, type(self)):
            return NotImplemented
        return bool(self._core == other._core)

    def __hash__(self) -> int:
        return hash((self.draws, self.mean, self.sd))

    def __repr__(self) -> str:
        quantiles = self.quantiles
        shown = ", ".join(f"P{round(100 * share)} {_shown(quantiles[share])}" for share in (0.5, 0.8, 0.95))
        return f"mean {_shown(self.mean)}, sd {_shown(self.sd)}, {shown} ({self.draws:,} draws; internal)"


# Arguments of users.


def options(
    draws: object,
    seed: object,
    sampling: object,
    base: object,
    alternative: object,
    basis: object,
    figures: object,
    keep: object,
    precision: object,
    threads: object,
) -> Options:
    """The options of a simulation as the library takes them."""
    share = None if precision is None else _float(precision, "precision")
    return (
        count(draws, "draws", 1),
        count(seed, "seed", 0),
        sampling_of(sampling),
        _text_of(base, "base"),
        _text_of(alternative, "alternative"),
        _text_of(basis, "basis"),
        _name(figures, "figures", get_args(Figures)),
        _name(keep, "keep", get_args(Keep)),
        share,
        whole(threads, "threads", 1),
    )


def sampling_of(value: object) -> str:
    """The placement of draws by its name."""
    return _name(value, "sampling", get_args(Sampling))


def _text_of(value: object, key: str) -> str:
    if isinstance(value, str):
        return value
    raise TypeError(f"{key}: expected a text")


def _name(value: object, key: str, names: Sequence[str]) -> str:
    text = _text_of(value, key)
    if text in names:
        return text
    listed = ", ".join(f'"{name}"' for name in names[:-1])
    message, french = f'expected {listed} or "{names[-1]}"', f'attendu : {listed} ou "{names[-1]}"'
    near = difflib.get_close_matches(text[:_LONGEST], names, 1)
    message += "".join(f'; did you mean "{name}"?' for name in near)
    french += "".join(f" ; vouliez-vous dire « {name} » ?" for name in near)
    raise _refused(Code.WRONG_KIND, key, message, french)


def _float(value: object, key: str) -> float:
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        raise TypeError(f"{key}: expected a number")
    number = float(value)
    if math.isnan(number):
        raise _refused(Code.OUT_OF_RANGE, key, "expected a number", "attendu : un nombre")
    return number


def _share(value: object) -> float:
    share = _float(value, "share")
    if 0 <= share <= 1:
        return share
    raise _refused(Code.OUT_OF_RANGE, "share", "expected a share from 0 to 1", "attendu : une part de 0 à 1")


def _shown(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
