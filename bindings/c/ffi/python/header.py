"""The C header as declarations alone, without the preprocessor's directives, for cffi and for pycparser."""

import re

CONSTANT = re.compile(r"#define (RELOCOST_\w+) (-?\d+|SIZE_MAX)$")


def declarations(header):
    """Everything that C, not C++, sees of the text of relocost.h, but its directives.

    The header needs no more of a preprocessor: its conditions are whether the language is C++, and its guard.
    A directive that is none of those that are known is an error, so that nothing gets lost without a word.
    """
    kept, seen = [], []
    for number, line in enumerate(header.splitlines(), 1):
        directive = line.split("//")[0].split("/*")[0].strip()
        if not directive.startswith("#"):
            if all(seen):
                kept.append(line)
        elif directive in ("#ifdef __cplusplus", "#ifndef RELOCOST_H"):
            seen.append(directive != "#ifdef __cplusplus")
        elif directive == "#else":
            seen[-1] = not seen[-1]
        elif directive == "#endif":
            seen.pop()
        elif not (directive == "#define RELOCOST_H" or directive.startswith("#include <") or CONSTANT.match(directive)):
            raise ValueError(f"relocost.h:{number}: {directive}: expected a condition on C++, an include or a number")
    return "\n".join(kept)


def constants(header):
    """The numbers that the header defines, by name; SIZE_MAX is that of a system with 64 bits."""
    found = (CONSTANT.match(line.strip()) for line in header.splitlines())
    return {it[1]: 2**64 - 1 if it[2] == "SIZE_MAX" else int(it[2]) for it in found if it}
