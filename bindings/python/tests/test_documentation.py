"""The examples of the documentation run, and everything public has a word said about it."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil

import pytest

import relocost as rc

MODULES = sorted(
    name for _, name, _ in pkgutil.iter_modules(rc.__path__, "relocost.") if not name.rsplit(".", 1)[1].startswith("_")
)
NEEDS = {"relocost.plots": "matplotlib", "relocost.dask": "distributed"}


@pytest.mark.parametrize("name", ["relocost", *MODULES])
def test_examples(name: str) -> None:
    if name in NEEDS:
        pytest.importorskip(NEEDS[name])
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


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
