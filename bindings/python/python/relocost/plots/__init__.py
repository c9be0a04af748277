"""Charts for a budget paper, with matplotlib; each returns its `Figure`, so that it can be restyled and saved.

The colours are those of M. Okabe and K. Ito ("Color Universal Design", 2008), which the colour-blind tell apart; where
areas touch they have hatches too, so that a print in grey says the same. Numbers here are binary floating point: they
show figures and are none. Every function takes `lang="fr"` for French, and `ax` to draw into axes of one's own. Words
and labels are those of the reports.

Every chart shows figures of households, and says in a footnote that it is internal.

>>> import relocost as rc
>>> from relocost import plots
>>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[41, 39, 13, 9])
>>> figure = plots.attribution(s.compare())
>>> figure.axes[0].get_title(loc="left")
'What the premium pays for, over 60 months from 2026-03: 63.0%'
"""

try:
    import matplotlib as _matplotlib  # noqa: F401
except ImportError as missing:
    raise ImportError("plots need matplotlib: pip install 'relocost[plots]'") from missing

from ._canvas import Plot
from ._comparison import attribution, cumulative, premium_curve
from ._futures import futures
from ._households import caseload, fiscal_years
from ._payments import payments
from ._programme import agreement_values, places, programme, waiting
from ._questions import budget_diff, delay, diff, variants, what_ifs
from ._simulation import premium, simulation, sobol, tornado

__all__ = [
    "Plot",
    "agreement_values",
    "attribution",
    "budget_diff",
    "caseload",
    "cumulative",
    "delay",
    "diff",
    "fiscal_years",
    "futures",
    "payments",
    "places",
    "premium",
    "premium_curve",
    "programme",
    "simulation",
    "sobol",
    "tornado",
    "variants",
    "waiting",
    "what_ifs",
]
