"""Word documents of the command in LibreOffice: they open, print on A4, and have the words and pictures of the page."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import relocost as rc

PROGRAM = str(Path(sys.executable).with_name("relocost"))
LANGUAGES = ["en", "fr"]
KINDS = ["scenario", "programme", "caseload", "payments"]
PAID = "month,line,amount,currency\n2026-03,short-let,1500,EUR\n2026-04,international-school,4000,EUR\n"
HOUSEHOLDS = "reference,count,members\nHH-1,3,34\nHH-2,1,41 38 14\n"


def relocost(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)


def shown(program: str, *arguments: object) -> str:
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory, whole: Path) -> dict[tuple[str, str], Path]:
    """A document of each kind in each language, and beside it the page, and what LibreOffice prints."""
    program = shutil.which("soffice")
    if program is None or shutil.which("lowriter") is None or shutil.which("pdftotext") is None:
        pytest.skip("LibreOffice Writer and poppler are not installed")
    folder = tmp_path_factory.mktemp("documents")
    family, court = whole / "golden" / "family-of-five.toml", whole / "programmes" / "court" / "programme.toml"
    paid, households = folder / "paid.csv", folder / "households.csv"
    paid.write_text(PAID)
    households.write_text(HOUSEHOLDS)
    asked: dict[str, list[object]] = {
        "scenario": [family, "--draws", 500],
        "programme": [court, "--draws", 200],
        "caseload": [family, "--households", households],
        "payments": [family, "--payments", paid, "--pathway", "temporary"],
    }
    made = {(kind, lang): folder / f"{kind}-{lang}.docx" for kind in KINDS for lang in LANGUAGES}
    for (kind, lang), document in made.items():
        for file in (document, document.with_suffix(".html")):
            done = relocost("report", *asked[kind], "--lang", lang, "-o", file)
            assert done.returncode == 0, done.stderr
    profile = tmp_path_factory.mktemp("profile").as_uri()
    shown(
        program,
        f"-env:UserInstallation={profile}",
        *("--headless", "--convert-to", "pdf", "--outdir", folder),
        *made.values(),
    )
    return made


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_libreoffice_prints_the_document(documents, kind: str, lang: str) -> None:
    document = documents[kind, lang]
    page, printed = document.with_suffix(".html").read_text(), document.with_suffix(".pdf")
    facts = shown("pdfinfo", printed)
    assert re.search(r"Page size: .*A4", facts) and "Relocost" in facts
    pages = int(re.search(r"Pages: +(\d+)", facts)[1])
    assert 3 <= pages <= 40
    sheets = shown("pdftotext", "-layout", printed, "-").split("\f")[:pages]
    sheets = [re.sub(r"\s+", " ", sheet) for sheet in sheets]
    # The number of the page, and the mark, on every one.
    of, mark = ("of", "Internal: ") if lang == "en" else ("sur", "Interne : ")
    for number, sheet in enumerate(sheets, 1):
        assert f"Page {number} {of} {pages}" in sheet and mark in sheet, number
    text = " ".join(sheets)
    for head in re.findall(r"<(?:h2[^>]*|figcaption)>(.*?)</", page):
        words = re.sub(r"\s+", " ", html.unescape(head)).split(" ")
        assert " ".join(words[:5]) in text, head
    pictures = [row.split() for row in shown("pdfimages", "-list", printed).splitlines()[2:]]
    charts = page.count("<svg")
    assert sum(row[2] == "image" for row in pictures) == charts >= 2
    assert all(int(row[3]) == 1600 for row in pictures)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_word_and_no_number_is_broken(documents, kind: str, lang: str) -> None:
    """A column that is too narrow breaks words into pieces, which the document does not have."""
    document = documents[kind, lang]
    with zipfile.ZipFile(document) as parts:
        marked = "".join(parts.read(f"word/{part}.xml").decode() for part in ("document", "header", "footer"))
    text = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", " ", marked)))
    said = set(re.findall(r"\w+", text))
    # What is longer than a column, such as a digest, breaks somewhere.
    longest = [word for word in said if len(word) > 24]
    # As it is laid out: otherwise what ends a line at a hyphen is joined to what follows, be it of another cell.
    printed = set(re.findall(r"\w+", shown("pdftotext", "-layout", document.with_suffix(".pdf"), "-")))
    pages = {str(number) for number in range(1, 41)}
    pieces = {word for word in printed - said - pages if not any(word in whole for whole in longest)}
    assert not pieces


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_document_opens_as_word_documents_do(documents, lang: str) -> None:
    """Headings, heads that repeat and texts of pictures, as another library reads them."""
    docx = pytest.importorskip("docx")
    for kind in KINDS:
        document = docx.Document(documents[kind, lang])
        page = documents[kind, lang].with_suffix(".html").read_text()
        styles = [paragraph.style.name for paragraph in document.paragraphs]
        assert styles.count("Heading 1") == page.count("<h2 ") and styles.count("Title") == 1
        assert styles.count("Heading 2") == page.count("<h3>") and styles.count("Caption") == page.count("<svg")
        assert len(document.tables) == page.count("<table")
        assert document.core_properties.language == {"en": "en-GB", "fr": "fr-FR"}[lang]
        assert len(document.inline_shapes) == page.count("<svg")
        for shape in document.inline_shapes:
            told = shape._inline.docPr.get("descr")
            assert told and told in "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_python_gives_the_document_of_the_command(documents, whole: Path) -> None:
    s = rc.load(whole / "golden" / "family-of-five.toml")
    assert s.word_report(draws=500, progress=False) == documents["scenario", "en"].read_bytes()
    assert s.word_report(draws=500, lang="fr", progress=False) == documents["scenario", "fr"].read_bytes()
    p = rc.load_programme(whole / "programmes" / "court" / "programme.toml")
    assert p.word_report(draws=200, progress=False) == documents["programme", "en"].read_bytes()
    rows = [
        {"reference": "HH-1", "count": 3, "members": "34"},
        {"reference": "HH-2", "count": 1, "members": "41 38 14"},
    ]
    assert s.caseload(rows).word_report("fr") == documents["caseload", "fr"].read_bytes()


def test_a_document_that_is_there_is_refused(tmp_path: Path, whole: Path) -> None:
    document = tmp_path / "paper.DOCX"  # as some programs write it
    asked = ["report", whole / "golden" / "family-of-five.toml", "--draws", 20, "-o", document]
    assert relocost(*asked).returncode == 0
    assert zipfile.is_zipfile(document)
    again = relocost(*asked)
    assert again.returncode == 2 and "--force" in again.stderr
    assert relocost(*asked, "--force").returncode == 0
