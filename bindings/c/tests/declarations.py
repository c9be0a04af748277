"""The declarations of other languages are those of the C library's header: names, order, kinds, numbers.

A language is a `Source`: its declarations as they are spelt there, and which spellings are right for each kind of the
header. To add one, write a function that gives it and put it into WHOLE, or into IN_PART if it declares only what it
calls. Every comparison is proved to see a change of either side, item by item, before it is believed.
"""

import copy
import ctypes
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pycparser import c_ast, c_parser

HERE = Path(__file__).resolve().parent
BINDINGS = HERE.parent
sys.path[:0] = [str(BINDINGS / "ffi/python"), str(BINDINGS / "calc/addin/pythonpath")]

import relocost_library  # noqa: E402
from header import constants, declarations  # noqa: E402

NUMBERS = {
    "relocost_status": "int32",
    "uint32_t": "int32",
    "int32_t": "int32",
    "int": "int32",
    "int64_t": "int64",
    "uint64_t": "int64",
    "size_t": "size",
    "double": "double",
    "char": "char",
    "void": "void",
}
# Types that a C compiler has from the includes.
INCLUDED = "".join(f"typedef int {name};" for name in NUMBERS if name.endswith("_t"))


@dataclass
class Declared:
    """The declarations of a header or a language: kinds of the header, or spellings of the language."""

    functions: dict = field(default_factory=dict)  # name: (what it gives, [(argument, kind)])
    structs: dict = field(default_factory=dict)  # name: [(member, kind)]
    constants: dict = field(default_factory=dict)  # name: number


@dataclass
class Source:
    """A language's declarations."""

    name: str
    declared: Declared
    accepts: callable  # the kind of an argument, member or answer: the spellings that are right, by where it stands
    renamed: dict = field(default_factory=dict)  # the header's names that are words of the language
    left_out: dict = field(default_factory=dict)  # functions that the language cannot call, and why


def read_header(text):
    """The header by a parser of C, in kinds such as "size", "handle**", "relocost_money*"."""
    parsed = c_parser.CParser().parse(INCLUDED + declarations(text)).ext
    found = Declared(constants=constants(text))
    types = {it.name: it.type for it in parsed if isinstance(it, c_ast.Typedef)}
    handles = {name for name, it in types.items() if isinstance(it.type, c_ast.Struct) and it.type.decls is None}

    def kind(of):
        if isinstance(of, c_ast.PtrDecl):
            return "function" if isinstance(of.type, c_ast.FuncDecl) else kind(of.type) + "*"
        if isinstance(of, c_ast.ArrayDecl):
            return f"{kind(of.type)}[{of.dim.value}]"
        name = of.type.name if isinstance(of.type, c_ast.Struct) else " ".join(of.type.names)
        if name in handles:
            return "handle"
        if name in types and isinstance(types[name], c_ast.PtrDecl):
            return kind(types[name])
        return NUMBERS.get(name, name)

    def function(of):
        given = [it for it in of.args.params if kind(it.type) != "void"]
        return kind(of.type), [(it.name, kind(it.type)) for it in given]

    for name, it in types.items():
        if isinstance(it.type, c_ast.Struct) and it.type.decls:
            found.structs[name] = [(member.name, kind(member.type)) for member in it.type.decls]
        elif isinstance(it, c_ast.PtrDecl):
            found.functions[name] = function(it.type)
    for it in parsed:
        if isinstance(it, c_ast.Decl) and isinstance(it.type, c_ast.FuncDecl):
            found.functions[it.name] = function(it.type)
    return found


def differences(header, source):
    """Everything in which a language differs from the header."""
    found = []

    def names(what, ours, theirs, without=()):
        found.extend(f"{what} {it} is not declared" for it in ours if it not in theirs and it not in without)
        found.extend(f"{what} {it} is not in the header" for it in theirs if it not in ours)

    def listed(at, where, ours, theirs):
        expected = [source.renamed.get(name, name) for name, _ in ours]
        if [name for name, _ in theirs] != expected:
            found.append(f"{at}: found {[name for name, _ in theirs]}; expected {expected}")
            return
        for (name, kind), (_, spelling) in zip(ours, theirs):
            one(f"{at}.{name}", where, kind, spelling, name)

    def one(at, where, kind, spelling, name=None):
        right = source.accepts(where, kind, name)
        if spelling not in right:
            found.append(f"{at}: found {spelling}; expected {' or '.join(sorted(right)) or 'nothing'} for {kind}")

    ours, theirs = header, source.declared
    names("function", ours.functions, theirs.functions, source.left_out)
    for name, why in source.left_out.items():
        if name not in ours.functions or name in theirs.functions or not why:
            found.append(f"function {name} is left out, but not of the header, or declared, or for no reason")
    for name in ours.functions.keys() & theirs.functions.keys():
        one(name, "answer", ours.functions[name][0], theirs.functions[name][0])
        listed(name, "argument", ours.functions[name][1], theirs.functions[name][1])
    names("struct", ours.structs, theirs.structs)
    for name in ours.structs.keys() & theirs.structs.keys():
        listed(name, "member", ours.structs[name], theirs.structs[name])
    names("constant", ours.constants, theirs.constants)
    for name in ours.constants.keys() & theirs.constants.keys():
        # No language has a size_t without a sign; its largest is then -1.
        if theirs.constants[name] not in (ours.constants[name], ours.constants[name] - 2**64):
            found.append(f"{name}: found {theirs.constants[name]}; expected {ours.constants[name]}")
    return found


def unique(names, what):
    """A dict of pairs, in which nothing stands twice."""
    twice = [name for name, count in Counter(name for name, _ in names).items() if count > 1]
    assert not twice, f"{what}: twice: {twice}"
    return dict(names)


def camel(name):
    return "".join(part.capitalize() for part in name.removeprefix("relocost_").split("_"))


def snake(name):
    return "relocost" + re.sub(r"[A-Z]", lambda it: "_" + it[0].lower(), name)


def java(texts=None):
    """ffi/java, for JNA."""
    folder = BINDINGS / "ffi/java/relocost"
    files = ("CLibrary.java", "Structures.java", "Relocost.java")
    functions, structs, numbers = texts or [(folder / name).read_text(encoding="utf-8") for name in files]
    argument = re.compile(r"(\S+) (\w+)")
    given = []
    for answer, name, arguments in re.findall(r"^ +(\w+) (relocost_\w+|invoke)\(([^)]*)\);", functions, re.M):
        listed = [argument.fullmatch(it.strip()) for it in arguments.split(",") if it.strip()]
        name = name.replace("invoke", "relocost_progress")
        given.append((name, (answer, [(it[2], it[1].removeprefix("Structures.")) for it in listed])))
    members = []
    for order, name, body in re.findall(
        r"@FieldOrder\(\{([^}]*)\}\)\s+public static class (\w+) extends Structure \{(.*?)\n    \}", structs, re.S
    ):
        listed = re.findall(r"public (\S+) (\w+)(?: = new byte\[(\d)\])?;", body)
        # The order is that of the annotation, and the members stand in it too.
        assert re.findall(r'"(\w+)"', order) == [it[1] for it in listed], f"Structures.{name}: the order of members"
        members.append((snake(name), [(it[1], it[0].replace("[]", f"[{it[2]}]")) for it in listed]))
    found = re.findall(r"public static final \w+ (\w+) = (-?\d+);", numbers)
    pointers = {
        "char*": {"byte[]"},
        "void*": {"Pointer"},
        "size*": {"LongByReference"},
        "int64*": {"LongByReference"},
        "int32*": {"IntByReference"},
        "double*": {"DoubleByReference"},
        "handle*": {"Pointer"},
        "handle**": {"PointerByReference"},
    }
    arrays = {"int64*": {"long[]"}, "double*": {"double[]"}, "relocost_text*": {"Pointer"}}
    values = {"int32": {"int"}, "int64": {"long"}, "size": {"long"}, "double": {"double"}}

    def accepts(where, kind, name):
        if where == "answer" and kind == "void":
            return {"void"}
        if kind in values:
            return values[kind]
        if where == "argument":
            if not kind.endswith("*"):
                return set()
            if name in ("changes", "axes"):
                return {"Pointer"}
            if name in ("buffer", "lines", "paths") and kind in arrays:
                return arrays[kind]
            return pointers.get(kind) or {camel(kind.removesuffix("*"))}
        if kind.endswith("*"):
            return {"Pointer"}
        if where == "member":
            return {"function": {"CLibrary.ProgressFunction"}, "char[4]": {"byte[4]"}}.get(kind, {camel(kind)})
        return set()

    declared = Declared(
        unique(given, "CLibrary.java"),
        unique(members, "Structures.java"),
        unique([(f"RELOCOST_{name}", int(value)) for name, value in found], "Relocost.java"),
    )
    return Source("Java", declared, accepts)


def vba_lines(text):
    """The lines of a module without comments, each whole."""
    lines = []
    for line in re.sub(r" _\r?\n\s*", " ", text).splitlines():
        lines.append(re.sub(r"^((?:[^\"']|\"[^\"]*\")*)'.*", r"\1", line).rstrip())
    return lines


def vba(texts=None):
    """excel/RelocostLibrary.bas."""
    text = texts[0] if texts else (BINDINGS / "excel/RelocostLibrary.bas").read_text(encoding="ascii")
    given, members, numbers, struct = [], [], [], None
    declare = re.compile(
        r'Public Declare PtrSafe (?:Function|(Sub)) lib_(\w+) Lib "relocost\.dll" Alias "relocost_(\w+)" \((.*)\)'
        r"(?(1)| As (\w+))"
    )
    for line in vba_lines(text):
        if struct is not None:
            if line == "End Type":
                struct = None
            elif line:
                name, bounds, kind = re.fullmatch(r" +(\w+)(\(\d+ To \d+\))? As (\w+)", line).groups()
                struct.append((name, kind + (bounds or "")))
        elif it := declare.fullmatch(line):
            assert it[2] == it[3], f"RelocostLibrary.bas: lib_{it[2]} is relocost_{it[3]}"
            parts = [one.split() for one in it[4].split(",") if one.strip()]
            assert all(len(one) == 4 and one[2] == "As" for one in parts), line
            given.append((f"relocost_{it[3]}", (it[5] or it[1], [(one[1], f"{one[0]} {one[3]}") for one in parts])))
        elif it := re.fullmatch(r"Public Type Relocost(\w+)", line):
            struct = []
            members.append((snake(it[1]), struct))
        elif it := re.fullmatch(r"Public Const (RELOCOST_\w+) As (Long|LongLong) = (-?\d+)", line):
            numbers.append((it[1], int(it[3])))
        elif line and not line.startswith(("Attribute VB_Name", "Option ")):
            raise AssertionError(f"RelocostLibrary.bas: {line}: expected a declaration")
    values = {"int32": "Long", "int64": "LongLong", "size": "LongPtr", "double": "Double"}

    def accepts(where, kind, name):
        if where == "answer" and kind == "void":
            return {"Sub"}
        if where != "argument":
            embedded = {"function": "LongPtr", "char[4]": "Byte(0 To 3)", "relocost_text": "RelocostText"}
            if kind.endswith("*"):
                return {"LongPtr"}
            return {it for it in (values.get(kind) or embedded.get(kind),) if it}
        if kind in values:
            return {f"ByVal {values[kind]}"}
        if not kind.endswith("*"):
            return set()
        pointed = kind.removesuffix("*")
        # Where a pointer may be NULL or is to the first of many, it is passed as a number.
        numbers = ("buffer", "lines", "paths", "changes", "axes", "options", "selection")
        if pointed in ("char", "void", "handle") or name in numbers:
            return {"ByVal LongPtr"}
        if pointed == "handle*":
            return {"ByRef LongPtr"}
        return {f"ByRef {values.get(pointed) or 'Relocost' + camel(pointed)}"}

    declared = Declared(
        unique(given, "functions of VBA"), unique(members, "types of VBA"), unique(numbers, "constants of VBA")
    )
    return Source(
        "VBA",
        declared,
        accepts,
        renamed={
            "error": "failure",
            "set": "set_number",
            "variant": "of_variant",
            "until": "until_month",
            "integer": "number",
            "currency": "currency_code",
        },
        left_out={"relocost_progress": "the program's own; none of VBA's is called from outside in a cell"},
    )


def calc():
    """calc/addin, for ctypes: what the add-in calls, and no more. Arguments have no names there, only places."""
    text = (BINDINGS / "include/relocost.h").read_text(encoding="utf-8")
    header = read_header(text)
    numbers = {"RELOCOST_ABI_VERSION": relocost_library.ABI_VERSION}
    for name in ("OK", "SHORT_BUFFER", "NO_VALUE", "NOT_OF_THIS_RESULT", "INTEGER", "MONEY", "DECIMAL", "TEXT"):
        numbers[f"RELOCOST_{name}"] = getattr(relocost_library, name)
    for kind, known in (("FIGURE", relocost_library.FIGURES), ("TABLE", relocost_library.TABLES)):
        numbers |= {f"RELOCOST_{kind}_{name.upper()}": number for name, number in known.items()}

    def spelt(of):
        if of is None:
            return "None"
        return f"{spelt(of._type_)}*" if issubclass(of, ctypes._Pointer) else of.__name__

    def listed(name, types):
        names = [it for it, _ in header.functions.get(name, (None, []))[1]]
        return list(zip(names + ["more"] * (len(types) - len(names)), map(spelt, types)))

    structs = {}
    for it in vars(relocost_library).values():
        if isinstance(it, type) and issubclass(it, ctypes.Structure):
            structs[snake(it.__name__)] = it
    declared = Declared(
        {name: (spelt(answer), listed(name, types)) for name, (answer, types) in relocost_library.FUNCTIONS.items()},
        {name: [(member, spelt(of)) for member, of in it._fields_] for name, it in structs.items()},
        numbers,
    )
    values = {
        "int32": {"c_int", "c_uint"},
        "int64": {spelt(ctypes.c_int64)},
        "size": {spelt(ctypes.c_size_t)},
        "double": {"c_double"},
    }

    def accepts(where, kind, name):
        if where == "answer" and kind == "void":
            return {"None"}
        if kind in values:
            return values[kind]
        if not kind.endswith("*"):
            return {camel(kind)} if where == "member" else set()
        pointed = kind.removesuffix("*")
        if pointed == "char":
            return {"c_void_p"} if where == "member" else {"c_char_p", "c_char*"}
        if pointed == "handle":
            return {"c_void_p"}
        if pointed == "handle*":
            return {"c_void_p*"}
        # NULL is passed for options that the add-in does not set.
        unset = {"c_void_p"} if name == "options" else set()
        return {f"{it}*" for it in values.get(pointed, {camel(pointed)})} | unset

    return Source("Calc's add-in", declared, accepts)


def part(header, source):
    """The header, of which a language declares only what it calls: what it names, as far as the header has it."""
    found = Declared()
    for of in ("functions", "structs", "constants"):
        all_of, named = getattr(header, of), getattr(source.declared, of)
        setattr(found, of, {name: it for name, it in all_of.items() if name in named})
    return found


WHOLE, IN_PART = [java, vba], [calc]


def mutations(declared):
    """The declarations with one thing changed, each thing in turn, and what was changed."""

    def changed(what, change):
        other = copy.deepcopy(declared)
        change(other)
        return what, other

    def replace(of, at, value):
        return lambda it: getattr(it, of).__setitem__(at, value)

    yield changed("a new function", replace("functions", "relocost_new", ("int32", [])))
    yield changed("a new struct", replace("structs", "relocost_new", []))
    yield changed("a new constant", replace("constants", "RELOCOST_NEW", 1))
    for of in ("functions", "structs", "constants"):
        for name in getattr(declared, of):
            yield changed(f"{name} is gone", lambda it, of=of, name=name: getattr(it, of).pop(name))
    for name, value in declared.constants.items():
        yield changed(f"{name} is another", replace("constants", name, value + 1))
    for name, (answer, arguments) in declared.functions.items():
        yield changed(f"{name} answers otherwise", replace("functions", name, ("other", arguments)))
        for what, other in rearranged(name, arguments):
            yield changed(what, replace("functions", name, (answer, other)))
    for name, members in declared.structs.items():
        for what, other in rearranged(name, members):
            yield changed(what, replace("structs", name, other))


def rearranged(name, listed):
    """A list of arguments or members with one more, one less, two swapped, one of another name or kind."""
    yield f"{name} has one more", [*listed, ("more", "size")]
    for at, (one, kind) in enumerate(listed):
        before, after = listed[:at], listed[at + 1 :]
        yield f"{name} is without {one}", before + after
        yield f"{name}.{one} is renamed", [*before, ("renamed", kind), *after]
        for other in ("other", "size" if kind == "int32" else "int32", other_depth(kind)):
            yield f"{name}.{one} is {other}", [*before, (one, other), *after]
        if after:
            yield f"{name}.{one} is swapped", [*before, after[0], (one, kind), *after[1:]]


def other_depth(kind):
    """A value instead of a pointer to it, or the other way round; of what is as wide as a pointer, another value."""
    if kind in ("size", "function"):
        return "double"
    return kind.removesuffix("*") if kind.endswith("*") else f"{kind}*"


def is_seen(header, source):
    """Every change of either side is seen; gives how many were tried."""
    tried = 0
    for what, other in mutations(header):
        # A function that a language leaves out is looked at by its name only.
        if any(what.startswith(name) and what != f"{name} is gone" for name in source.left_out):
            continue
        assert differences(other, source), f"{source.name} against a header in which {what}: no difference seen"
        tried += 1
    for what, other in mutations(source.declared):
        changed = copy.copy(source)
        changed.declared = other
        assert differences(header, changed), f"{source.name} in which {what}: no difference seen"
        tried += 1
    for left_out in ({"relocost_none": "why"}, {"relocost_compare": "why"}):
        changed = copy.copy(source)
        changed.left_out = source.left_out | left_out
        assert differences(header, changed), f"{source.name} leaves out {left_out}: no difference seen"
        tried += 1
    return tried


def lines_are_seen(header, read, files):
    """Every declaration that goes from a language's own text is missed: its reader looks at all of them."""
    tried = 0
    texts = [path.read_text(encoding="utf-8") for path in files]
    declares = re.compile(r" As \w|^ +public \S+ \w+( = .*)?;|public static final|relocost_\w+\(|invoke\(")
    for number, text in enumerate(texts):
        whole = re.sub(r" _\n\s*", " ", text) if files[number].suffix == ".bas" else re.sub(r",\n\s+", ", ", text)
        lines = whole.splitlines()
        for at, line in enumerate(lines):
            code = line.split("'")[0] if files[number].suffix == ".bas" else line.split("*")[0]
            if not declares.search(code) or "return" in code:
                continue
            without = "\n".join(lines[:at] + lines[at + 1 :]) + "\n"
            try:
                found = differences(header, read([*texts[:number], without, *texts[number + 1 :]]))
            except AssertionError:
                found = True
            assert found, f"{files[number].name} without the line {line.strip()}: no difference seen"
            tried += 1
    return tried


def main():
    text = (BINDINGS / "include/relocost.h").read_text(encoding="utf-8")
    header = read_header(text)
    abi = (HERE / "abi.txt").read_text(encoding="utf-8").splitlines()
    symbols = {line.removeprefix("symbol: ") for line in abi if line.startswith("symbol: ")}
    assert symbols == header.functions.keys() - {"relocost_progress"}, "the header's functions are not those of abi.txt"
    assert len(header.constants) == len(re.findall(r"#define RELOCOST_\w+ [\dS]", text)), (
        "a constant of the header was not read"
    )
    for read in WHOLE + IN_PART:
        source = read()
        asked = part(header, source) if read in IN_PART else header
        if found := differences(asked, source):
            sys.exit(f"{source.name} differs from relocost.h:\n" + "\n".join(found))
        print(f"{source.name} declares what the header does; {is_seen(asked, source)} changes of either are seen")
    folder = BINDINGS / "ffi/java/relocost"
    tried = lines_are_seen(header, java, [folder / f"{it}.java" for it in ("CLibrary", "Structures", "Relocost")])
    tried += lines_are_seen(header, vba, [BINDINGS / "excel/RelocostLibrary.bas"])
    print(f"none of {tried} lines of declarations can go unseen")


if __name__ == "__main__":
    main()
