"""The example prints what those in Rust and C print."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_the_four_cases_give_what_their_file_has() -> None:
    example = ROOT / "bindings" / "python" / "examples" / "real_cases.py"
    printed = subprocess.run([sys.executable, str(example)], capture_output=True, text=True, check=True).stdout
    assert printed == (ROOT / "examples" / "real_cases.txt").read_text(encoding="utf-8")
