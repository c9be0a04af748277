"""The golden and conformance files asked of a program, such as the one built from answers.c.

Usage: same_cents.py [--stays] PROGRAM [ARGUMENT...]

The program gets the scenario, the question and its arguments after its own, and prints the answer's lines. With
--stays it is started once, reads each question as a line with tabs between them, and ends each answer with an empty
line.
"""

import subprocess
import sys
import threading

import golden


def once(program):
    def ask(*arguments):
        run = subprocess.run([*program, *map(str, arguments)], capture_output=True, encoding="utf-8")
        if run.returncode != 0:
            sys.exit(f"{' '.join(map(str, arguments))}: {run.stderr}")
        return golden.read(run.stdout.splitlines())

    return ask


def stays(running):
    def ask(*arguments):
        print(*arguments, sep="\t", file=running.stdin, flush=True)
        lines = []
        while (line := running.stdout.readline()) not in ("", "\n"):
            lines.append(line.rstrip("\n"))
        if line == "":
            sys.exit(f"{' '.join(map(str, arguments))}: the program ended, with {running.wait()}")
        return golden.read(lines)

    return ask


def main():
    if sys.argv[1] != "--stays":
        golden.check(once(sys.argv[1:]))
        return
    with subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as running:
        # A program that does not answer is ended, and its end is what differs.
        patience = threading.Timer(300, running.kill)
        patience.daemon = True
        patience.start()
        golden.check(stays(running))
        patience.cancel()
        running.stdin.close()
        if running.wait() != 0:
            sys.exit(f"the program ended with {running.returncode}")


main()
