"""The golden and conformance files asked of the extension in the sqlite3 shell: the same cents.

Usage: same_cents.py LIBRARY EXTENSION, librelocost and the extension without the end of its name.
"""

import ctypes
import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import golden  # noqa: E402


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def minor_units(amount):
    return int(amount.replace(".", ""))


def main():
    library = ctypes.CDLL(sys.argv[1])
    sql, expected = [f".load {sys.argv[2]}", ".mode json", "CREATE TABLE scenarios(name, text);"], []
    for path, wanted, scenario in golden.files():
        name = quoted(path.name)
        sql.append(f"INSERT INTO scenarios VALUES ({name}, {quoted(golden.whole_text(library, scenario))});")
        for pathway, figures in wanted.get("pathways", {}).items():
            if "total" not in figures:
                continue
            where = quoted(pathway)
            sql.append(
                f"SELECT name, {where} AS asked, relocost_total(text, {where}) AS total,"
                f" (SELECT ifnull(sum(amount_minor), 0) FROM relocost_ledger(text, {where})) AS minor"
                f" FROM scenarios WHERE name = {name};"
            )
            total = figures["total"]
            expected.append({"name": path.name, "asked": pathway, "total": total, "minor": minor_units(total)})
        for pair in wanted.get("comparisons", [wanted.get("comparison", {})]):
            sides = pair.get("base", "permanent"), pair.get("alternative", "temporary")
            if sides == ("permanent", "temporary") and "premium" in pair:
                premium = "SELECT name, 'premium' AS asked, relocost_premium(text) AS premium"
                sql.append(f"{premium} FROM scenarios WHERE name = {name};")
                expected.append({"name": path.name, "asked": "premium", "premium": pair["premium"]})
    shell = ["sqlite3", "-init", "/dev/null", "-bail", ":memory:"]
    run = subprocess.run(shell, input="\n".join(sql), capture_output=True, encoding="utf-8")
    if run.returncode != 0:
        sys.exit(f"sqlite3: {run.stderr}")
    found = [row for line in run.stdout.split("]\n") if line.strip() for row in json.loads(line + "]")]
    wrong = [f"{it} instead of {ought}" for it, ought in zip(found, expected) if it != ought]
    assert len(found) == len(expected) > 200, (len(found), len(expected))
    if wrong:
        sys.exit(f"{len(wrong)} figures differ:\n" + "\n".join(wrong[:50]))
    print(f"{len(found)} figures of golden and conformance files in SQL: the same cents")


main()
