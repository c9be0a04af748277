"""The figures of the golden and conformance files as lines that any language reads: a file, the base, the alternative,
what is meant ("extra", "premium", "residual" or "ledger"), of a ledger the pathway, and the figure, between tabs.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import golden  # noqa: E402

for _, wanted, scenario in golden.files():
    pairs = wanted.get("comparisons") or [wanted.get("comparison", {})]
    for pair in pairs:
        sides = pair.get("base", "permanent"), pair.get("alternative", "temporary")
        for what in ("extra", "premium", "residual"):
            if what in pair:
                print(scenario, *sides, what, "-", "-" if pair[what] is None else pair[what], sep="\t")
    for name, pathway in wanted.get("pathways", {}).items():
        if "total" in pathway:
            print(scenario, "-", "-", "ledger", name, pathway["total"], sep="\t")
