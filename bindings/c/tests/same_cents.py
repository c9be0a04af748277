"""The same golden and conformance files as Rust and Python, and the same figures to the cent, from C.

Usage: same_cents.py ANSWERS, the program built from answers.c.
"""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

TESTS = Path(__file__).resolve().parents[3] / "tests"
GOLDEN, CONFORMANCE = TESTS / "golden", TESTS / "conformance"
wrong = []


def ask(*arguments):
    """The JSON, and the figures one by one: lists of what follows a name."""
    run = subprocess.run([sys.argv[1], *map(str, arguments)], capture_output=True, text=True, timeout=300)
    if run.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))}: {run.stderr}")
    first, *rest = run.stdout.splitlines()
    figures = {}
    for line in rest:
        name, *values = line.split("\t")
        figures.setdefault(name, []).append(values)
    return json.loads(first), figures


def contains(found, wanted, at):
    if isinstance(wanted, dict):
        for key, value in wanted.items():
            if not isinstance(found, dict) or key not in found:
                wrong.append(f"{at}.{key} is missing")
            else:
                contains(found[key], value, f"{at}.{key}")
    elif found != wanted:
        wrong.append(f"{at}: {found} instead of {wanted}")


def same(found, wanted, at):
    if found != wanted:
        wrong.append(f"{at}: {found} instead of {wanted}")


def compare(scenario, base, alternative, at):
    """A comparison, whose functions say what its JSON says."""
    found, figures = ask(scenario, "compare", base, alternative)
    pair = found["comparison"]
    same(figures["extra"], [[pair["extra"]]], f"{at} extra")
    same(figures["premium"], [[pair["premium"] or "-"]], f"{at} premium")
    causes = {name: amount for name, amount, _, _ in figures.get("attribution", [])}
    same(causes, pair["attribution"], f"{at} attribution")
    same(figures["residual"], [[pair["residual"]]], f"{at} residual")
    for by in ("by_category", "by_fiscal_year", "by_fund", "by_line"):
        listed = {}
        for pathway, key, amount in figures.get(by, []):
            listed.setdefault(pathway, {})[key] = amount
        same(listed, {name: it[by] for name, it in found["pathways"].items() if it[by]}, f"{at} {by}")
    totals = {name: rest for name, *rest in figures["pathway"]}
    for name, entries, minor, decimals in figures["ledger"]:
        it = found["pathways"][name]
        same(totals[name], [entries, it["total"], it["constant"], it["present_value"]], f"{at} {name}")
        same(Decimal(int(minor)).scaleb(-int(decimals)), Decimal(it["total"]), f"{at} {name}'s ledger")
    return found


def main():
    known = sorted(GOLDEN.glob("*.expected.json"))
    random = sorted(CONFORMANCE.glob("*.expected.json"))
    assert len(known) >= 20 and len(random) == 60
    for path in known:
        wanted = json.loads(path.read_text())
        pair = wanted.get("comparison", {})
        scenario = path.with_name(path.name.split(".")[0] + ".toml")
        sides = pair.get("base", "permanent"), pair.get("alternative", "temporary")
        contains(compare(scenario, *sides, path.name), wanted, path.name)
    for path in random:
        wanted = json.loads(path.read_text())
        scenario = path.with_name(path.name.replace(".expected.json", ".toml"))
        for pair in wanted["comparisons"]:
            found = compare(scenario, pair["base"], pair["alternative"], path.name)
            contains(found["comparison"], pair, path.name)
            contains(found["pathways"], wanted["pathways"], path.name)
        for wait in wanted["delay"]:
            _, figures = ask(scenario, "delay", wait["months"])
            row = next(row for row in figures["wait"] if row[0] == str(wait["months"]))
            both = [wait[side][key] for side in ("within_horizon", "full_course") for key in ("total", "extra", "month")]
            same(row[1:], both, f"{path.name} delay")
        asked = wanted["calibrate"]
        found, figures = ask(scenario, "calibrate", asked["target"], *asked["lines"])
        if asked["result"]["factor"] is None:
            same(found, None, f"{path.name} calibrate")
        else:
            same(Decimal(figures["factor"][0][0]), Decimal(asked["result"]["factor"]), f"{path.name} factor")
            same(figures["premium"][0][0], asked["result"]["premium"], f"{path.name} premium")
    family, questions = GOLDEN / "family-of-five.toml", GOLDEN / "questions"
    for question, *arguments in (
        ("delay", "0"),
        ("calibrate", "0.60", "short-let", "international-school", "hospital-uninsured"),
        ("caseload", questions / "caseload-of-28.csv"),
    ):
        name = f"family-of-five.{question}" if question != "caseload" else "caseload-of-28"
        wanted = json.loads((questions / f"{name}.expected.json").read_text())
        contains(ask(family, question, *arguments)[0], wanted, name)
    if wrong:
        sys.exit(f"{len(wrong)} figures differ:\n" + "\n".join(wrong[:50]))
    print(f"{len(known)} golden and {len(random)} conformance files: the same cents")


main()
