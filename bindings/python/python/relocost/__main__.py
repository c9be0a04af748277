"""The command `relocost`, the same as the program of that name: `python -m relocost compare family.toml`."""

from __future__ import annotations

import signal
import sys

from . import _relocost


def main() -> int:
    """Runs the command on the arguments of the process and gives its exit status."""
    # The command is no Python: Ctrl-C ends it at once, as it does any other program.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.stdout.flush()
    return _relocost.command(["relocost", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
