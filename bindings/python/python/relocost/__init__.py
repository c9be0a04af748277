"""The cost of relocating protected witnesses, the premium of temporary solutions, and its causes.

What a host State grants is a set of *entitlements*: to work, to insurance, to the public school. A permanent solution
holds them, a temporary one lacks them: the premium is the price of the missing entitlements, and can be attributed to
them. Every figure is exact to the cent, and can be traced to the entries that it sums.

>>> import relocost as rc
>>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[41, 39, 13, 9])  # or rc.load("family.toml")
>>> c = s.compare()
>>> print(f"{c.premium:.1%} over {c.horizon_months} months, {c.band} the band that the Court reported")
63.0% over 60 months, within the band that the Court reported
>>> max(c.attribution, key=lambda name: c.attribution[name])
'public_schooling'

| to | use |
|---|---|
| know in the first hour what a known cost implies | `estimate` |
| read a scenario, or build one | `load`, `loads`, `Scenario` |
| compare two pathways | `Scenario.compare` |
| see every charge, trace a figure | `Scenario.ledger`, `Ledger.explain` |
| ask what if | `Scenario.with_`, `Scenario.grid`, `Scenario.compare_variants` |
| know what waiting costs | `Scenario.delay` |
| put many households together | `Scenario.caseload` |
| know what to set aside, and how certain the premium is | `Scenario.simulate` |
| know which assumption matters | `Scenario.tornado`, `Scenario.sobol` |
| budget many cases by year, and value agreements | `load_programme`, `Programme.run` |
| know what chance does to such a budget | `Programme.simulate` |
| meet a target premium | `Scenario.calibrate` |
| bring a catalogue's prices up to date | `Catalogue.update_prices` |
| take published exchange rates and indices | `rates` |
| put payments beside the model | `Scenario.payments` |
| hand entries to the accounts | `Ledger.postings`, `Postings.journal` |
| draw the charts of a report | `Scenario.charts`, `Programme.charts`, or `charts` of a result |
| publish tables that give no case away | `Scenario.publish`, `Programme.publish` |
| audit an update of prices | `Scenario.diff` |
| say what changed from last year's budget | `Programme.diff`, `Scenario.diff_caseload` |
| run a scenario's own tests | `Scenario.run_expectations`, or pytest on its file |

Money is `decimal.Decimal`, with the currency beside it; a simulation alone is in floats. Months are dates of their
first day. No error and no repr shows what could identify a household; a caseload names its rows by their pseudonyms.
"""

from . import _relocost, errors
from ._result import Result
from .caseloads import Caseload, CaseloadPart, Side, caseload
from .catalogue import Catalogue, PriceUpdate
from .charts import Chart, Charts
from .comparison import Attribution, Comparison, PathwayFigures
from .errors import Code, ComputationError, FigureError, Finding, ReadError, RelocostError, ValidationError
from .futures import (
    ProgrammeSimulation,
    SimulatedCeiling,
    SimulatedFigure,
    SimulatedLine,
    SimulatedPlaces,
    SimulatedSaving,
    SimulatedWaiting,
)
from .journals import Postings
from .ledger import Entry, Explanation, Ledger, Source
from .payments import Payments, PaymentTotal, PriceEstimates
from .programme import Programme, ProgrammeRun, load_programme, loads_programme
from .published import Rates, rates
from .publishing import Publication
from .questions import (
    BudgetDiff,
    Calibration,
    Delay,
    DelayFigures,
    DelayRow,
    Diff,
    Estimate,
    EstimatePoint,
    ExpectationOutcome,
    ValueChange,
    Variants,
    WhatIfs,
    estimate,
)
from .scenario import Scenario, WhatIf, diff, load, loads
from .simulation import (
    BandShares,
    FactorIndex,
    FigureIndices,
    Interval,
    MeanLessLedger,
    SimulatedFigures,
    Simulation,
    SimulationPart,
    SobolIndices,
    Statistics,
    Tornado,
    TornadoBar,
    TornadoPoint,
)
from .table import REPORTED_BAND, Amounts, Band, Column, Difference, Differences, Premium, Table, Tables, Tabular

__version__ = _relocost.VERSION

__all__ = [
    "REPORTED_BAND",
    "Amounts",
    "Attribution",
    "Band",
    "BandShares",
    "BudgetDiff",
    "Calibration",
    "Caseload",
    "CaseloadPart",
    "Catalogue",
    "Chart",
    "Charts",
    "Code",
    "Column",
    "Comparison",
    "ComputationError",
    "Delay",
    "DelayFigures",
    "DelayRow",
    "Diff",
    "Difference",
    "Differences",
    "Entry",
    "Estimate",
    "EstimatePoint",
    "ExpectationOutcome",
    "Explanation",
    "FactorIndex",
    "FigureError",
    "FigureIndices",
    "Finding",
    "Interval",
    "Ledger",
    "MeanLessLedger",
    "PathwayFigures",
    "PaymentTotal",
    "Payments",
    "Postings",
    "Premium",
    "PriceEstimates",
    "PriceUpdate",
    "Programme",
    "ProgrammeRun",
    "ProgrammeSimulation",
    "Publication",
    "Rates",
    "ReadError",
    "RelocostError",
    "Result",
    "Scenario",
    "Side",
    "SimulatedCeiling",
    "SimulatedFigure",
    "SimulatedFigures",
    "SimulatedLine",
    "SimulatedPlaces",
    "SimulatedSaving",
    "SimulatedWaiting",
    "Simulation",
    "SimulationPart",
    "SobolIndices",
    "Source",
    "Statistics",
    "Table",
    "Tables",
    "Tabular",
    "Tornado",
    "TornadoBar",
    "TornadoPoint",
    "ValidationError",
    "ValueChange",
    "Variants",
    "WhatIf",
    "WhatIfs",
    "__version__",
    "caseload",
    "diff",
    "errors",
    "estimate",
    "load",
    "load_programme",
    "loads",
    "loads_programme",
    "rates",
]
