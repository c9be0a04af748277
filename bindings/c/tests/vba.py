"""Checks of the VBA modules without Excel: that its editor can take them in, and that their calls fit.

The modules are not compiled or run here. This finds slips of the pen: a name that is a word of VBA or stands twice, a
block without an end, a call of a function that is not declared or with other than its arguments.
"""

import re
from pathlib import Path

import declarations

FOLDER = Path(__file__).resolve().parent.parent / "excel"
# The words that cannot be names (MS-VBAL 3.3.5.2), in small letters; as members of a type they can.
WORDS = set(
    """abs addressof and any array as attribute boolean byref byte byval call case cbool cbyte ccur cdate cdbl cdec cint
    circle clng clnglng clngptr close const csng cstr currency cvar cverr date debug decimal declare dim do doevents
    double each else elseif empty end endif enum eqv erase error event exit false fix for friend function get global
    gosub goto if imp implements in input inputb int integer is lbound len lenb let like lock long longlong longptr
    loop lset me mod new next not nothing null on open option optional or paramarray preserve print private pset public
    put raiseevent redim rem resume return rset scale seek select set sgn shared single spc static step stop string sub
    tab then to true type typeof ubound unlock until variant wend while with withevents write xor""".split()
)
BLOCKS = {"If": "End If", "For": "Next", "Select": "End Select", "With": "End With", "Type": "End Type"}
PROCEDURE = r"(?:Public|Private) (Sub|Function) (\w+)\("


def parts(text):
    """The texts between commas, but for those in brackets; `text` begins after a bracket, which it closes."""
    depth, found = 0, [""]
    for letter in re.sub(r'"[^"]*"', "x", text):
        if letter == ")" and depth == 0:
            break
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            found.append("")
        else:
            found[-1] += letter
    return [it.strip() for it in found] if any(it.strip() for it in found) else []


def slips(name, text, declared):
    """The faults of a module, given the library's functions and how many arguments they take."""
    found = []
    raw = text.split("\r\n")
    if "\n" in "".join(raw) or not text.endswith("\r\n"):
        found.append("line ends are not those of Windows")
    if not text.isascii():
        found.append("letters beyond ASCII, which the editor reads as the country has them")
    if raw[0] != f'Attribute VB_Name = "{name}"':
        found.append("the first line does not name the module")
    running = 0
    for number, line in enumerate(raw, 1):
        running = running + 1 if line.endswith(" _") else 0
        if running > 24 or len(line) > 1023:
            found.append(f"line {number}: longer than VBA takes")
    lines = declarations.vba_lines(text)
    if "Option Explicit" not in lines:
        found.append("no Option Explicit")
    named, opened = [], []
    for line in lines:
        code = re.sub(r'"[^"]*"', '""', line.strip())
        if line.count('"') % 2:
            found.append(f"a text without an end: {code}")
        if code.count("(") != code.count(")"):
            found.append(f"a bracket without the other: {code}")
        if it := re.match(r"(?:Public|Private) (?:Declare PtrSafe )?(?:Const|Type|Function|Sub) (\w+)", code):
            named.append(it[1].lower())
        if it := re.match(PROCEDURE, code):
            opened.append(f"End {it[1]}")
        elif it := re.match(r"(?:(?:Public|Private) )?(If|For|Select|With|Type)\b", code):
            if it[1] != "If" or code.endswith(" Then"):
                opened.append(BLOCKS[it[1]])
        elif code.split(" ")[0] in ("End", "Next"):
            end = code if code.startswith("End") else "Next"
            if not opened or opened.pop() != end:
                found.append(f"an end without a beginning: {code}")
        declares = re.match(r"(?:Public|Private|Dim|Static|Optional)\b", code) and "Type" not in code
        for one in re.findall(r"(\w+)(?:\([\d To,]*\))? As \w+", code) if declares else []:
            if one.lower() in WORDS:
                found.append(f"a word of VBA as a name: {one}: {code}")
        for it in re.finditer(r"\blib_(\w+)(\(| |$)", code):
            if "Declare" in code:
                continue
            given = parts(code[it.end() :])
            if it[1] not in declared or len(given) != declared[it[1]]:
                found.append(f"lib_{it[1]} takes {declared.get(it[1], 'nothing, it is not declared')}: {code}")
    found += [f"an {end} is missing" for end in opened]
    found += [f"{it} stands twice" for it in sorted(set(named)) if named.count(it) > 1]
    return found


def main():
    library = declarations.vba().declared
    declared = {name.removeprefix("relocost_"): len(it[1]) for name, it in library.functions.items()}
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in sorted(FOLDER.glob("*.bas"))}
    assert sorted(texts) == ["Relocost", "RelocostLibrary"]
    for name, text in texts.items():
        assert not (found := slips(name, text, declared)), f"{name}.bas: " + "\n".join(found)
    # Every number that is used is declared, and no name of one module is one of the other.
    used, own = texts["Relocost"], set(re.findall(r"^Public Function (\w+)", texts["Relocost"], re.M))
    without = re.sub(r"'[^\r]*|\"[^\"\r]*\"", "", used)
    assert own == {
        f"RELOCOST_{it}" for it in "TOTAL EXTRA PREMIUM ESTIMATE ERRORS TOTAL_ERRORS ESTIMATE_ERRORS".split()
    }
    assert set(re.findall(r"\bRELOCOST_\w+", without)) - own <= library.constants.keys()
    assert not own & library.constants.keys()
    # Members follow each other without gaps, so that it does not matter how VBA would pack them.
    members = re.findall(r"^(\w+)\.\w+: at (\d+), size (\d+)$", (FOLDER.parent / "tests/abi.txt").read_text(), re.M)
    ends = {}
    for struct, at, size in members:
        assert int(at) == ends.get(struct, 0), f"{struct} has a gap before byte {at}"
        ends[struct] = int(at) + int(size)
    assert ends.keys() == library.structs.keys()
    # The checks see what they are for.
    for before, after in (
        ("\r\n", "\n"),
        ("Option Explicit", ""),
        ("End If", ""),
        ("Next row", ""),
        ("lib_ledger(handle, ", "lib_ledger("),
        ("lib_scenario_free handle", "lib_scenario_free"),
        ("lib_result_text(", "lib_result_texts("),
        ("Dim required As", "Dim integer As"),
        ("pathway As String", "Error As String"),
        ("Private Function Cell(", "Private Function figure("),
        ("' The total", "' The total\u00e9"),
        ("CVErr(xlErrNA)", "CVErr(xlErrNA"),
    ):
        changed = used.replace(before, after, 1)
        assert changed != used, before
        assert slips("Relocost", changed, declared), f"{before} became {after}: nothing seen"
    print("the modules of VBA: well formed, each call as declared; they are not run here")


main()
