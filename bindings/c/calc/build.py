"""Packs the add-in with a library into an extension of LibreOffice.

Usage: build.py LIBRARY OUT.oxt, with the library of the system on which the extension is to run.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from functions import CHANGES, FUNCTIONS, display_name, uno_name

HERE = Path(__file__).resolve().parent
ADDIN = HERE / "addin"
TYPES = {"table": "sequence< sequence< any > >"}
WRONG = "com::sun::star::lang::IllegalArgumentException"
WHEN = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: the same parts give the same file


def version():
    """The version of the workspace."""
    manifest = (HERE.parents[2] / "Cargo.toml").read_text()
    return re.search(r'^\[workspace\.package\][^\[]*?^version = "(.*?)"', manifest, re.M | re.S).group(1)


def interface():
    methods = []
    for name, (gives, arguments, *_) in FUNCTIONS.items():
        taken = ", ".join(
            f"[in] {'sequence< any >' if argument is CHANGES else 'any'} {argument[0][0]}" for argument in arguments
        )
        methods.append(f"{TYPES.get(gives, gives)} {uno_name(name)}({taken}) raises ({WRONG});")
    lines = "\n".join(f"  {method}" for method in methods)
    return f"module relocost {{ module calc {{\ninterface XFunctions {{\n{lines}\n}};\n}}; }};\n"


def words(name, english, french):
    values = "".join(
        f'<value xml:lang="{code}">{escape(text)}</value>' for code, text in (("en", english), ("fr", french))
    )
    return f'<prop oor:name="{name}">{values}</prop>'


def configuration():
    nodes = []
    for name, (_, arguments, english, french) in FUNCTIONS.items():
        shown = display_name(name)
        parameters = "".join(
            f'<node oor:name="{en[0]}" oor:op="replace">{words("DisplayName", en[0], fr[0])}'
            f"{words('Description', en[1], fr[1])}</node>\n"
            for en, fr in arguments
        )
        nodes.append(
            f'<node oor:name="{uno_name(name)}" oor:op="replace">{words("DisplayName", shown, shown)}'
            f"{words('Description', english, french)}"
            '<prop oor:name="Category"><value>Add-In</value></prop>\n'
            f'<node oor:name="Parameters">\n{parameters}</node></node>\n'
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        ' oor:name="CalcAddIns" oor:package="org.openoffice.Office">\n'
        '<node oor:name="AddInInfo"><node oor:name="relocost.calc.Functions" oor:op="replace">\n'
        '<node oor:name="AddInFunctions">\n'
        f"{''.join(nodes)}</node></node></node>\n</oor:component-data>\n"
    )


def description():
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<description xmlns="http://openoffice.org/extensions/description/2006">\n'
        f'<identifier value="relocost.calc"/>\n<version value="{version()}"/>\n'
        '<display-name><name lang="en">Relocost: what relocation costs</name>'
        '<name lang="fr">Relocost : ce que coûte une réinstallation</name></display-name>\n'
        "</description>\n"
    )


def office():
    """The folder of LibreOffice, in which its types and its kit for developers lie."""
    program = shutil.which("soffice")
    if program is None:
        sys.exit("missing: soffice")
    return Path(program).resolve().parents[1]


def types(folder):
    (folder / "relocost.idl").write_text(interface())
    base = office()
    program = base / "program"
    subprocess.run(
        [
            base / "sdk/bin/unoidl-write",
            program / "types.rdb",
            program / "types/offapi.rdb",
            "relocost.idl",
            "relocost.rdb",
        ],
        cwd=folder,
        check=True,
    )
    return (folder / "relocost.rdb").read_bytes()


def main(library, out):
    parts = {
        str(path.relative_to(ADDIN)): path.read_bytes() for path in ADDIN.rglob("*") if path.suffix in (".py", ".xml")
    }
    parts["CalcAddIns.xcu"] = configuration().encode()
    parts["description.xml"] = description().encode()
    parts[Path(library).name] = Path(library).read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        parts["relocost.rdb"] = types(Path(folder))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name in sorted(parts):
            pack.writestr(zipfile.ZipInfo(name, WHEN), parts[name], zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
