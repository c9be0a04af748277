"""The golden and conformance files of Rust and Python, asked of any face of the C library: the same cents.

A face is a function `ask(scenario, question, *arguments)` that gives what tests/answers.c prints: the answer's JSON,
and its figures one by one, as lists of what follows a name.
"""

import ctypes
import json
import sys
from decimal import Decimal
from pathlib import Path

TESTS = Path(__file__).resolve().parents[3] / "tests"
GOLDEN, CONFORMANCE = TESTS / "golden", TESTS / "conformance"


def read(lines):
    """The answer in lines: the JSON in the first, then a figure in each, its parts between tabs."""
    first, *rest = lines
    figures = {}
    for line in rest:
        name, *values = line.split("\t")
        figures.setdefault(name, []).append(values)
    return json.loads(first), figures


def files():
    """The expected figures of every file, and its scenario: the golden ones, then the random ones."""
    known = sorted(GOLDEN.glob("*.expected.json"))
    random = sorted(CONFORMANCE.glob("*.expected.json"))
    assert len(known) >= 20 and len(random) == 120
    for path in known + random:
        yield path, json.loads(path.read_text(encoding="utf-8")), path.with_name(path.name.split(".")[0] + ".toml")


def whole_text(library, path):
    """A scenario file with the catalogue that lies beside it as one text, for a face that reaches no files."""
    handle, required, toml = ctypes.c_void_p(), ctypes.c_size_t(), 6
    name = str(path).encode()
    status = library.relocost_scenario_from_file(name, ctypes.c_size_t(len(name)), None, ctypes.byref(handle), None)
    assert status == 0, (path.name, status)
    library.relocost_scenario_write(handle, toml, None, ctypes.c_size_t(0), ctypes.byref(required), None)
    buffer = ctypes.create_string_buffer(required.value)
    status = library.relocost_scenario_write(handle, toml, buffer, required, None, None)
    assert status == 0, (path.name, status)
    library.relocost_scenario_free(handle)
    return buffer.value.decode()


class Check:
    """Asks, and gathers what differs in `wrong`."""

    def __init__(self, ask):
        self.ask = ask
        self.wrong = []

    def contains(self, found, wanted, at):
        if isinstance(wanted, dict):
            for key, value in wanted.items():
                if not isinstance(found, dict) or key not in found:
                    self.wrong.append(f"{at}.{key} is missing")
                else:
                    self.contains(found[key], value, f"{at}.{key}")
        else:
            self.same(found, wanted, at)

    def same(self, found, wanted, at):
        if found != wanted:
            self.wrong.append(f"{at}: {found} instead of {wanted}")

    def compare(self, scenario, base, alternative, at):
        """A comparison, whose functions say what its JSON says."""
        found, figures = self.ask(scenario, "compare", base, alternative)
        pair = found["comparison"]
        self.same(figures["extra"], [[pair["extra"]]], f"{at} extra")
        self.same(figures["premium"], [[pair["premium"] or "-"]], f"{at} premium")
        causes = {name: amount for name, amount, _, _ in figures.get("attribution", [])}
        self.same(causes, pair["attribution"], f"{at} attribution")
        self.same(figures["residual"], [[pair["residual"]]], f"{at} residual")
        for by in ("by_category", "by_fiscal_year", "by_fund", "by_line", "by_place"):
            listed = {}
            for pathway, key, amount in figures.get(by, []):
                listed.setdefault(pathway, {})[key] = amount
            self.same(listed, {name: it[by] for name, it in found["pathways"].items() if it.get(by)}, f"{at} {by}")
        totals = {name: rest for name, *rest in figures["pathway"]}
        ledgers = {name: rest for name, *rest in figures["ledger"]}
        self.same(sorted(ledgers), sorted(found["pathways"]), f"{at} ledgers")
        for name, (entries, minor, decimals) in ledgers.items():
            it = found["pathways"][name]
            self.same(totals[name], [entries, it["total"], it["constant"], it["present_value"]], f"{at} {name}")
            self.same(Decimal(int(minor)).scaleb(-int(decimals)), Decimal(it["total"]), f"{at} {name}'s ledger")
        return found

    def golden(self, path, wanted, scenario):
        pair = wanted.get("comparison", {})
        sides = pair.get("base", "permanent"), pair.get("alternative", "temporary")
        self.contains(self.compare(scenario, *sides, path.name), wanted, path.name)

    def conformance(self, path, wanted, scenario):
        for pair in wanted["comparisons"]:
            found = self.compare(scenario, pair["base"], pair["alternative"], path.name)
            self.contains(found["comparison"], pair, path.name)
            self.contains(found["pathways"], wanted["pathways"], path.name)
        for wait in wanted["delay"]:
            _, figures = self.ask(scenario, "delay", wait["months"])
            row = next(row for row in figures["wait"] if row[0] == str(wait["months"]))
            both = [
                wait[side][key] for side in ("within_horizon", "full_course") for key in ("total", "extra", "month")
            ]
            self.same(row[1:], both, f"{path.name} delay")
        asked = wanted["calibrate"]
        found, figures = self.ask(scenario, "calibrate", asked["target"], *asked["lines"])
        if asked["result"]["factor"] is None:
            self.same(found, None, f"{path.name} calibrate")
        else:
            self.same(Decimal(figures["factor"][0][0]), Decimal(asked["result"]["factor"]), f"{path.name} factor")
            self.same(figures["premium"][0][0], asked["result"]["premium"], f"{path.name} premium")

    def questions(self):
        family, answers = GOLDEN / "family-of-five.toml", GOLDEN / "questions"
        for question, *arguments in (
            ("delay", "0"),
            ("calibrate", "0.60", "short-let", "international-school", "hospital-uninsured"),
            ("caseload", answers / "caseload-of-28.csv"),
        ):
            name = f"family-of-five.{question}" if question != "caseload" else "caseload-of-28"
            wanted = json.loads((answers / f"{name}.expected.json").read_text(encoding="utf-8"))
            self.contains(self.ask(family, question, *arguments)[0], wanted, name)


def check(ask):
    """All files; ends the program if a figure differs."""
    checked = Check(ask)
    count = 0
    for path, wanted, scenario in files():
        (checked.golden if path.parent == GOLDEN else checked.conformance)(path, wanted, scenario)
        count += 1
    checked.questions()
    if checked.wrong:
        sys.exit(f"{len(checked.wrong)} figures differ:\n" + "\n".join(checked.wrong[:50]))
    print(f"{count} golden and conformance files: the same cents")
