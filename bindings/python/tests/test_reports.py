"""Reports of the command in a browser: every chart drawn, a silent console, read by everybody, printed on A4."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

PROGRAM = str(Path(sys.executable).with_name("relocost"))
LANGUAGES = ["en", "fr"]
KINDS = ["scenario", "programme", "caseload", "payments"]
# What each picture has at least: its width and height in pixels, and letters.
WIDTH, HEIGHT, LETTERS = 500, 100, 5
OUTSIDE = """svg => [...svg.querySelectorAll('text')].filter(text => {
    const [box, all] = [text.getBoundingClientRect(), svg.getBoundingClientRect()];
    return box.left < all.left - 1 || box.right > all.right + 1 || box.top < all.top - 1 || box.bottom > all.bottom + 1;
}).map(text => text.textContent)"""
OVER_EACH_OTHER = """svg => {
    const texts = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]);
    const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
    return texts.flatMap(([text, box], place) =>
        texts.slice(place + 1).filter(([, other]) => over(box, other)).map(([other]) => `${text} / ${other}`));
}"""


def relocost(*arguments: object) -> None:
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, whole: Path) -> dict[tuple[str, str], Path]:
    """A page of each kind in each language."""
    folder = tmp_path_factory.mktemp("reports")
    family = whole / "golden" / "family-of-five.toml"
    paid = folder / "paid.csv"
    paid.write_text("month,line,amount,currency\n2026-03,short-let,1500,EUR\n2026-04,international-school,4000,EUR\n")
    households = folder / "households.csv"
    households.write_text("reference,count,members\nHH-1,3,34\nHH-2,1,41 38 14\n")
    court = whole / "programmes" / "court" / "programme.toml"
    asked: dict[str, list[object]] = {
        "scenario": [family, "--draws", 500],
        "programme": [court, "--draws", 200],
        "caseload": [family, "--households", households],
        "payments": [family, "--payments", paid, "--pathway", "temporary"],
    }
    made = {}
    for kind, arguments in asked.items():
        for lang in LANGUAGES:
            made[kind, lang] = folder / f"{kind}-{lang}.html"
            relocost("report", *arguments, "--lang", lang, "-o", made[kind, lang])
    return made


@pytest.fixture(scope="module")
def browser():
    """A browser without a window."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as driver:
        # Without a sandbox of its own, as it is run by the superuser in the tests.
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_is_drawn_and_everybody_can_read_the_page(browser, pages, kind: str, lang: str) -> None:
    # What checks the page is a script, which the page itself refuses.
    context = browser.new_context(viewport={"width": 1100, "height": 1400}, bypass_csp=True)
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    url = pages[kind, lang].as_uri()
    page.goto(url)
    assert (said, asked) == ([], [url])
    charts = page.locator("figure svg")
    assert charts.count() >= 2
    for chart in charts.all():
        box = chart.bounding_box()
        assert box["width"] > WIDTH and box["height"] > HEIGHT, box
        assert chart.locator("text").count() > LETTERS
        assert chart.evaluate(OUTSIDE) == []
        assert chart.evaluate(OVER_EACH_OTHER) == []
    # Only tables are wider than the window, and scroll by themselves.
    assert page.evaluate("document.documentElement.scrollWidth") <= 1100
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_read_without_scripts_and_printed_on_a4(browser, pages, tmp_path, kind: str, lang: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages[kind, lang].as_uri())
    captions = page.locator("figcaption").all_inner_texts()
    headings = page.locator("h2").all_inner_texts()
    assert len(captions) == page.locator("figure svg").count()
    printed = tmp_path / "page.pdf"
    page.pdf(path=printed, prefer_css_page_size=True)
    context.close()
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("poppler-utils are not installed")
    sizes = re.findall(rb"/MediaBox\s*\[([^\]]*)\]", printed.read_bytes())
    # In points.
    assert sizes and all([round(float(end)) for end in size.split()] == [0, 0, 595, 842] for size in sizes), sizes
    text = subprocess.run([reader, "-layout", printed, "-"], capture_output=True, text=True, check=True).stdout
    sheets = text.rstrip("\f").split("\f")
    of = "sur" if lang == "fr" else "of"
    mark = "Interne" if lang == "fr" else "Internal"
    for number, sheet in enumerate(sheets, 1):
        assert f"Page {number} {of} {len(sheets)}" in sheet
        assert mark in sheet
    flat = re.sub(r"\s+", " ", text)
    for title in captions + headings:
        assert re.sub(r"\s+", " ", title) in flat, title
