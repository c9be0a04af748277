"""The examples of the documentation run, and everything public has a word said about it."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import relocost as rc

MODULES = sorted(
    name
    for _, name, _ in pkgutil.iter_modules(rc.__path__, "relocost.")
    if not name.rsplit(".", 1)[1].startswith("__") and name != "relocost._relocost"
)
# Chapters of the guide that have blocks of Python.
CHAPTERS = ["scale.md"]
# Methods that dictionaries have.
PLAIN = {"_Keyed.get", "_Keyed.items", "_Keyed.keys", "_Keyed.values"}
NEEDS = {"relocost.plots": "matplotlib", "relocost.dask": "distributed"}


@pytest.mark.parametrize("name", ["relocost", *MODULES])
def test_examples(name: str) -> None:
    if name in NEEDS:
        pytest.importorskip(NEEDS[name])
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


@pytest.mark.parametrize("name", CHAPTERS)
def test_blocks_of_the_guide(name: str) -> None:
    pytest.importorskip("dask.dataframe", reason="run where Dask has data frames", exc_type=ImportError)
    text = (Path(__file__).parents[3] / "docs" / "src" / name).read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert blocks
    known: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, name, "exec"), known)


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder()
    modules = [importlib.import_module(name) for name in ("relocost", *MODULES) if name not in NEEDS]
    examples = sum(len(test.examples) for module in modules for test in finder.find(module))
    assert examples > 40


def test_everything_public_is_documented() -> None:
    for name in rc.__all__:
        value = getattr(rc, name)
        if inspect.isclass(value):
            assert value.__doc__, name
            for attribute, member in vars(value).items():
                if not attribute.startswith("_") and (inspect.isfunction(member) or isinstance(member, property)):
                    assert member.__doc__, f"{name}.{attribute}"
        elif inspect.isfunction(value):
            assert value.__doc__, name


def public_functions() -> list[tuple[str, Callable[..., object]]]:
    """The functions that a user calls: those of the package, and the methods of its classes that take something."""
    found: dict[str, Callable[..., object]] = {}
    for name in rc.__all__:
        value = getattr(rc, name)
        if inspect.isfunction(value):
            found[name] = value
        elif inspect.isclass(value):
            for owner in value.__mro__:
                if owner.__module__.startswith("relocost"):
                    for attribute, member in vars(owner).items():
                        function = member.__func__ if isinstance(member, (classmethod, staticmethod)) else member
                        if not attribute.startswith("_") and inspect.isfunction(function):
                            found.setdefault(f"{owner.__name__}.{attribute}", function)
    return list(found.items())


def sections(function: Callable[..., object]) -> list[str]:
    doc = inspect.getdoc(function) or ""
    return re.findall(r"^(Parameters|Returns|Raises|Examples)\n-+$", doc, re.MULTILINE)


def test_docstrings_have_their_sections_in_order_and_an_example() -> None:
    order = ["Parameters", "Returns", "Raises", "Examples"]
    for name, function in public_functions():
        if name in PLAIN:
            continue
        found = sections(function)
        assert found == [each for each in order if each in found], name
        assert {"Returns", "Examples"} <= set(found), f"{name} has only {found}"
        examples = doctest.DocTestParser().get_examples(inspect.getdoc(function) or "")
        assert examples, f"{name} has an empty section Examples"
        raised = re.search(r"^ +raise ", inspect.getsource(function), re.MULTILINE)
        assert raised is None or "Raises" in found, f"{name} raises what its documentation does not say"


def test_docstrings_name_every_parameter_and_what_comes_back() -> None:
    described = 0
    for name, function in public_functions():
        signature = inspect.signature(function)
        parameters = [each for each in signature.parameters.values() if each.name not in ("self", "cls")]
        if not parameters or name in PLAIN or any(each.kind is each.VAR_KEYWORD for each in parameters):
            continue
        doc = inspect.getdoc(function) or ""
        described += 1
        assert "Parameters" in sections(function), f"{name} has no section Parameters"
        written = re.findall(r"^\*?(\w+) : ", doc.split("Parameters\n")[1].split("Returns\n")[0], re.MULTILINE)
        assert written == [each.name for each in parameters], name
    assert described > 45
