"""The questions to a scenario about its uncertainty."""

from __future__ import annotations

from . import _draws, _relocost
from . import simulation as _simulation
from ._discreet import discreet
from ._draws import Figures, Keep, Sampling
from ._result import Basis
from ._values import ALTERNATIVE, BASE, count, whole
from .simulation import Simulation, SimulationPart, SobolIndices, Tornado

__all__ = ["Uncertain"]


@discreet
class Uncertain:
    """A scenario whose uncertain parameters can be drawn."""

    __slots__ = ()

    _core: _relocost.Scenario

    def simulate(
        self,
        draws: int = 100_000,
        seed: int = 0,
        *,
        sampling: Sampling = "random",
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        basis: Basis = "nominal",
        figures: Figures = "all",
        keep: Keep = "nothing",
        precision: float | None = None,
        threads: int | None = None,
        progress: bool = True,
    ) -> Simulation:
        """Simulates every pathway on draws of the uncertain parameters, the same draws for all.

        Parameters
        ----------
        draws : int, default 100000
            The number of draws, at most 2^36.
        seed : int, default 0
            The number from which all random numbers follow.
        sampling : Sampling, default 'random'
            Independent draws, Latin hypercubes, or scrambled Sobol' points.
        base : str, default 'permanent'
            The pathway that the other is compared with.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        figures : Figures, default 'all'
            Which figures there are beside totals: parts by fiscal year, category and fund, those of one kind, or none.
            Fewer take less time, and have the same bits.
        keep : Keep, default 'nothing'
            Which draws are kept beside their summary, 16 bytes each: those of totals (of each pathway, the extra cost
            and the premium; at most 2^30 numbers), those by fiscal year and category too, or none.
        precision : float, optional
            Stop earlier: at the first of 2^14, 2^15, ... draws at which the standard errors of the mean and of the
            50, 80 and 95 per cent quantiles of both totals are at most this share of them.
        threads : int, optional
            The number of threads; all cores if left out. The result does not depend on it.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        Simulation
            What every figure comes to over the draws.

        Raises
        ------
        ValidationError
            An option is out of range.
        RelocostError
            The scenario lacks one of the pathways, or a rate that a charge needs.

        Examples
        --------
        >>> import relocost as rc
        >>> rent = {"parameter": "lines.rent.amount", "distribution": {"pert": {"low": 700, "mode": 950, "high": 1500}}}
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34], uncertain=[rent])
        >>> total = s.simulate(10_000).pathways["permanent"].total
        >>> total.mean < total.quantile(0.8) < total.expected_shortfall(0.8)
        True
        """
        options = _draws.options(draws, seed, sampling, base, alternative, basis, figures, keep, precision, threads)
        return _simulation.simulate(self, options, progress)

    def simulate_range(
        self,
        first: int,
        end: int,
        *,
        draws: int = 100_000,
        seed: int = 0,
        sampling: Sampling = "random",
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        basis: Basis = "nominal",
        figures: Figures = "all",
        keep: Keep = "nothing",
        threads: int | None = None,
        progress: bool = True,
    ) -> SimulationPart:
        """Simulates a range of the draws of a simulation: a part, to be merged with others.

        Parameters
        ----------
        first : int
            The first draw.
        end : int
            The draw after the last.
        draws : int, default 100000
            The number of draws of the whole simulation.
        seed : int, default 0
            The number from which all random numbers follow.
        sampling : Sampling, default 'random'
            Independent draws, Latin hypercubes, or scrambled Sobol' points.
        base : str, default 'permanent'
            The pathway that the other is compared with.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        figures : Figures, default 'all'
            Which figures there are beside totals: parts by fiscal year, category and fund, those of one kind, or none.
            Fewer take less time, and have the same bits.
        keep : Keep, default 'nothing'
            Which draws are kept beside their summary, 16 bytes each: those of totals (of each pathway, the extra cost
            and the premium; at most 2^30 numbers), those by fiscal year and category too, or none.
        threads : int, optional
            The number of threads; all cores if left out. The result does not depend on it.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        SimulationPart
            The part.

        Raises
        ------
        ValidationError
            The range lies beyond the draws, or an option is out of range.
        RelocostError
            The scenario lacks one of the pathways, or a rate that a charge needs.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=12, household=[34],
        ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
        ... )
        >>> s.simulate_range(0, 400, draws=1000).draws
        400
        """
        options = _draws.options(draws, seed, sampling, base, alternative, basis, figures, keep, None, threads)
        return _simulation.simulate_range(self, options, first, end, progress)

    def simulation_of_part(
        self,
        part: SimulationPart,
        *,
        draws: int = 100_000,
        seed: int = 0,
        sampling: Sampling = "random",
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        basis: Basis = "nominal",
        figures: Figures = "all",
        keep: Keep = "nothing",
        progress: bool = True,
    ) -> Simulation:
        """Makes a simulation of merged parts that hold every draw: the same bits as `simulate` with these options.

        Parameters
        ----------
        part : SimulationPart
            The merged parts.
        draws : int, default 100000
            The number of draws, at most 2^36.
        seed : int, default 0
            The number from which all random numbers follow.
        sampling : Sampling, default 'random'
            Independent draws, Latin hypercubes, or scrambled Sobol' points.
        base : str, default 'permanent'
            The pathway that the other is compared with.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        figures : Figures, default 'all'
            Which figures there are beside totals: parts by fiscal year, category and fund, those of one kind, or none.
            Fewer take less time, and have the same bits.
        keep : Keep, default 'nothing'
            Which draws are kept beside their summary, 16 bytes each: those of totals (of each pathway, the extra cost
            and the premium; at most 2^30 numbers), those by fiscal year and category too, or none.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        Simulation
            What every figure comes to over the draws.

        Raises
        ------
        ValidationError
            The part belongs to another simulation, or draws are missing.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=12, household=[34],
        ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
        ... )
        >>> part = s.simulate_range(0, 400, draws=1000).merge(s.simulate_range(400, 1000, draws=1000))
        >>> s.simulation_of_part(part, draws=1000) == s.simulate(1000)
        True
        """
        options = _draws.options(draws, seed, sampling, base, alternative, basis, figures, keep, None, None)
        return _simulation.simulation_of_part(self, options, part, progress)

    def tornado(
        self,
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        *,
        basis: Basis = "nominal",
        progress: bool = True,
    ) -> Tornado:
        """Sets each uncertain parameter to its 10 and 90 per cent quantiles, the others as the scenario stands.

        Parameters
        ----------
        base : str, default 'permanent'
            The pathway that the other is compared with.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        Tornado
            A bar for each parameter.

        Raises
        ------
        RelocostError
            The scenario lacks one of the pathways, or a rate that a charge needs.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=12, household=[34],
        ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
        ... )
        >>> s.tornado().bars[0].parameter
        'lines.rent.amount'
        """
        return _simulation.tornado(self, base, alternative, basis, progress)

    def sobol(
        self,
        draws: int = 16_384,
        seed: int = 0,
        *,
        resamples: int = 1000,
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        basis: Basis = "nominal",
        threads: int | None = None,
        progress: bool = True,
    ) -> SobolIndices:
        """Estimates which share of the variance each uncertain parameter, or group of correlated ones, explains.

        Parameters
        ----------
        draws : int, default 16384
            The number of draws of each of two matrices, 2 or more; the scenario is costed (factors + 2) times as
            often.
        seed : int, default 0
            The number from which all random numbers follow.
        resamples : int, default 1000
            How often the draws are resampled for the intervals of 95 per cent, at most 100,000 times.
        base : str, default 'permanent'
            The pathway that the other is compared with.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        threads : int, optional
            The number of threads; all cores if left out. The result does not depend on it.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        SobolIndices
            The indices of each figure.

        Raises
        ------
        ValidationError
            A size is out of range.
        RelocostError
            The scenario lacks one of the pathways, or a rate that a charge needs.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=12, household=[34],
        ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
        ... )
        >>> list(s.sobol(64, resamples=5).figures)
        ['permanent', 'temporary', 'extra', 'premium']
        """
        sizes = (count(draws, "draws", 0), count(seed, "seed", 0), count(resamples, "resamples", 0, 32))
        return _simulation.sobol(self, sizes, base, alternative, basis, whole(threads, "threads", 1), progress)
