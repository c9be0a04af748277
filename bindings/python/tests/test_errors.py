"""Exceptions: one hierarchy, with places, and without anything that identifies a household."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import relocost as rc
from relocost import _relocost


def test_the_codes_are_those_of_the_library() -> None:
    library = {number: name.upper() for number, name in _relocost.codes()}
    assert {code.value: code.name for code in rc.Code} == library


@pytest.mark.parametrize("number", [number for number, _ in _relocost.codes()])
def test_every_code_has_a_class_of_the_one_hierarchy(number: int) -> None:
    parts = (number, "f.toml", 3, 7, "lines.rent", "found this; expected that", "trouvé : ceci ; attendu : cela")
    error = rc.errors._exception([parts], 2)
    assert isinstance(error, rc.RelocostError)
    assert (error.code, error.file, error.line, error.column, error.key) == (number, "f.toml", 3, 7, "lines.rent")
    assert str(error) == "f.toml:3:7: lines.rent: found this; expected that\nand 2 more"
    assert error.text("fr") == "f.toml:3:7: lines.rent: trouvé : ceci ; attendu : cela\net 2 de plus"
    assert error.findings[0].text("fr") == error.text("fr").splitlines()[0]
    with pytest.raises(ValueError, match="lang"):
        error.text("de")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error) and again.findings == error.findings and again.more == 2
    kinds = {1: rc.ReadError, 2: rc.ValidationError, 3: rc.ComputationError, 4: rc.FigureError, 5: rc.RelocostError}
    assert type(error) is kinds[number // 1000]


def test_all_errors_of_a_file_at_once(tmp_path: Path) -> None:
    file = tmp_path / "family.toml"
    file.write_text('schema = 1\ncatalogue = "reference"\nstart = "2026-13"\nhorizon_months = 0\nhorizn = 3\n')
    with pytest.raises(rc.ValidationError) as caught:
        rc.load(file)
    error = caught.value
    places = [(finding.code.name, finding.file, finding.line, finding.key) for finding in error.findings]
    assert ("WRONG_KIND", "family.toml", 3, "start") in places
    assert ("OUT_OF_RANGE", "family.toml", 4, "horizon_months") in places
    assert ("UNKNOWN_KEY", "family.toml", 5, "horizn") in places
    assert any(key == "household" for *_, key in places)
    assert str(tmp_path) not in str(error)
    assert "expected" in str(error)


def test_errors_of_code_name_keys_and_no_lines() -> None:
    with pytest.raises(rc.ValidationError) as caught:
        rc.Scenario(start="2026-03", horizon_months=0, household=[{"age": 34, "rol": "witness"}])
    assert {finding.key for finding in caught.value.findings} == {"horizon_months", "household.members[0].rol"}
    assert all((it.file, it.line, it.column) == (None, None, None) for it in caught.value.findings)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.toml", "UNREADABLE"), (tmp_path, "UNREADABLE")):
        with pytest.raises(rc.ReadError) as caught:
            rc.load(path)
        assert caught.value.code.name == code
        assert caught.value.file == path.name
        assert str(tmp_path) + "/" not in str(caught.value)
    (tmp_path / "latin.toml").write_bytes(b'schema = 1\ntitle = "caf\xe9"')
    with pytest.raises(rc.ReadError) as caught:
        rc.load(tmp_path / "latin.toml")
    assert (caught.value.code.name, caught.value.line) == ("NOT_UTF8", 2)


def test_nothing_identifies_a_household() -> None:
    secrets = ("SECRET", "1987-05", "Zanzibar")
    text = (
        'schema = 1\ntitle = "Zanzibar"\ncatalogue = "reference"\nstart = "2026-03"\nhorizon_months = 60\n'
        '[household]\nreference = "SECRET-1"\nmembers = [{ born = "1987-05", role = "witness" }]\n'
    )
    s = rc.loads(text)
    shown = [repr(s), str(s), repr(s.compare()), repr(s.ledger("temporary")), repr(s.with_({"lines.rent.amount": 1}))]
    shown += [repr(s.diff(s.replace(household=[41]))), repr(s.warnings()), s.compare()._repr_html_()]
    broken = text.replace('"1987-05", role', '"1987-05 Zanzibar", role').replace('"SECRET-1"', '"SECRET 1 of Zanzibar"')
    with pytest.raises(rc.RelocostError) as caught:
        rc.loads(broken)
    shown += [str(caught.value), repr(caught.value), repr(caught.value.findings)]
    with pytest.raises(rc.RelocostError) as caught:
        s.caseload([{"reference": "SECRET of Zanzibar", "members": "1987-05 Zanzibar"}])
    shown += [str(caught.value), repr(caught.value)]
    with pytest.raises(TypeError) as wrong:
        rc.Scenario(start="2026-03", horizon_months=1, household=[{"born": 1987.05}])
    shown.append(str(wrong.value))
    for wrong in (text, "reference,members\nSECRET,34"):
        for ask in (rc.load, rc.Catalogue.load, s.caseload):
            with pytest.raises((TypeError, rc.RelocostError)) as refused:
                ask(wrong)
            shown.append(str(refused.value))
    with pytest.raises(TypeError) as wrong_key:
        rc.Scenario(start="2026-03", horizon_months=3, household={"Zanzibar SECRET": 1.5})
    shown.append(str(wrong_key.value))
    for text in shown:
        assert not any(secret in text for secret in secrets), text
    assert s.title == "Zanzibar"
    with pytest.raises(rc.RelocostError) as caught:
        rc.loads(broken, show_values=True)
    assert "1987-05 Zanzibar" in str(caught.value)


def test_what_the_scenario_lacks(family: rc.Scenario) -> None:
    with pytest.raises(rc.ComputationError) as caught:
        family.compare("permanant")
    assert caught.value.code is rc.Code.UNKNOWN_PATHWAY
    assert "permanent" in str(caught.value)
    with pytest.raises(rc.ValidationError):
        family.with_({"lines.rnt.amount": 1})
    with pytest.raises(rc.ValidationError):
        family.with_({"lines.rent.amount": "-1"})
    with pytest.raises(ValueError):
        family.with_({"no.such.path": "1"})


def test_a_refused_scenario_can_be_looked_at() -> None:
    """One half made, which a debugger finds in a frame of the package; a traceback has no such frame."""
    import traceback
    from pathlib import Path

    assert repr(rc.Scenario.__new__(rc.Scenario)) == "Scenario(not made)"
    with pytest.raises(rc.ValidationError) as raised:
        rc.Scenario(start="2026-03", horizon_months=0, household=[3])
    frames = traceback.TracebackException.from_exception(raised.value, capture_locals=True)
    assert {Path(frame.filename).name for frame in frames.stack} <= {"test_errors.py", "_discreet.py"}
