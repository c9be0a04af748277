"""The C header as declarations alone, without the preprocessor's directives and comments.

cffi and pycparser take them so, and so do PHP's FFI and LuaJIT, for which they lie beside the header:

    python3 header.py relocost.h > relocost_plain.h
"""

import re
import sys

CONSTANT = re.compile(r"#define (RELOCOST_\w+) (-?\d+|SIZE_MAX)$")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
# Conditions whose lines C does not see, or that are the macros of the header's own.
UNSEEN = ("#ifdef __cplusplus", "#ifndef RELOCOST_API", "#ifndef RELOCOST_DEPRECATED")
PLAIN = """/*
 * The declarations of relocost.h, which documents them, without comments and directives, for what has no preprocessor:
 * PHP's FFI, LuaJIT, cffi. Made by ffi/python/header.py; do not edit. RELOCOST_ZERO_ENDED is the largest size_t.
 */
"""


def declarations(header):
    """Everything that C, not C++, sees of the text of relocost.h, but its directives and comments.

    The header needs no more of a preprocessor: its conditions are whether the language is C++, its guard, and the
    macros before its functions. A directive that is none of those that are known is an error, so that nothing gets
    lost without a word.
    """
    kept, seen = [], []
    for number, line in enumerate(COMMENT.sub("", header).splitlines(), 1):
        directive = line.strip()
        if not directive.startswith("#"):
            if all(seen) and directive:
                kept.append(re.sub(r"^RELOCOST_API\s*", "", line))
        elif directive in (*UNSEEN, "#ifndef RELOCOST_H") or (directive.startswith("#if ") and not all(seen)):
            seen.append(directive == "#ifndef RELOCOST_H")
        elif directive == "#else" or (directive.startswith("#elif ") and not all(seen[:-1])):
            seen[-1] = not seen[-1]
        elif directive == "#endif":
            seen.pop()
        elif all(seen) and not (
            directive in ("#define RELOCOST_H", "#include <stddef.h>", "#include <stdint.h>")
            or directive.startswith('#define RELOCOST_VERSION "')
            or CONSTANT.match(directive)
        ):
            raise ValueError(f"relocost.h:{number}: {directive}: expected a known condition, an include or a number")
    return "\n".join(kept)


def constants(header):
    """The numbers that the header defines, by name; SIZE_MAX is that of a system with 64 bits."""
    found = (CONSTANT.match(line.strip()) for line in header.splitlines())
    return {it[1]: 2**64 - 1 if it[2] == "SIZE_MAX" else int(it[2]) for it in found if it}


def plain(header):
    """The header's numbers as an enumeration, and its declarations."""
    numbers = "".join(f"    {name} = {it},\n" for name, it in constants(header).items() if it < 2**31)
    return f"{PLAIN}\nenum {{\n{numbers}}};\n{declarations(header)}\n"


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        print(plain(file.read()), end="")
