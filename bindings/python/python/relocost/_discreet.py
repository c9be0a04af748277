"""Exceptions that carry nothing of what they are about: no argument, no value, no frame of the package.

Test runners, notebooks and loggers print the local variables of every frame of a traceback. Those of the package hold
whole households, so they are left out: a traceback ends at the line that called the package. Frames of the caller, and
of what is called back, stay.
"""

from __future__ import annotations

import os
import sysconfig
from collections.abc import Callable
from functools import cached_property, wraps
from types import FunctionType, TracebackType
from typing import Any, TypeVar

from .errors import Code, Finding, ReadError

__all__ = ["discreet"]

_T = TypeVar("_T")

_OURS = os.path.dirname(os.path.abspath(__file__)) + os.sep
# The libraries under the package hold what it gives them.
_LIBRARIES = tuple(
    {os.path.abspath(folder) + os.sep for name, folder in sysconfig.get_paths().items() if name.endswith("lib")}
    | {_OURS}
)
_SPECIAL = frozenset(("__init__", "__getitem__", "__eq__", "__hash__", "__reduce__", "__repr__", "_repr_html_"))


def discreet(what: _T) -> _T:
    """A function or a class of the package, whose exceptions leave without frames of the package."""
    if isinstance(what, type):
        for name, member in list(vars(what).items()):
            if not name.startswith("_") or name in _SPECIAL:
                _guard_member(what, name, member)
        return what
    return _guarded(what)  # type: ignore[arg-type, return-value]


def _guard_member(owner: type, name: str, member: object) -> None:
    if isinstance(member, FunctionType):
        setattr(owner, name, _guarded(member))
    elif isinstance(member, (classmethod, staticmethod)):
        setattr(owner, name, type(member)(_guarded(member.__func__)))
    elif isinstance(member, property) and member.fget is not None:
        setattr(owner, name, property(_guarded(member.fget), member.fset, member.fdel, member.__doc__))
    elif isinstance(member, cached_property):
        member.func = _guarded(member.func)


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def call(*arguments: Any, **keywords: Any) -> Any:
        __tracebackhide__ = True
        try:
            return function(*arguments, **keywords)
        except BaseException as error:
            told = _without_frames(error)
        arguments, keywords = (), {}  # this frame shows
        raise told

    return call


def _without_frames(error: BaseException) -> BaseException:
    """The exception without frames of the package or of what lies under it, and those that led to it likewise."""
    if isinstance(error, UnicodeError):
        # It holds the whole text.
        message = "a text has half of a pair of surrogates, which is no character; expected what UTF-8 can encode"
        french = (
            "un texte contient une moitié de paire de substitution, qui n'est pas un caractère ; attendu : de l'UTF-8"
        )
        return ReadError([Finding(Code.NOT_UTF8, None, None, None, None, message, french)])
    seen: set[int] = set()
    rest: list[BaseException | None] = [error]
    while rest:
        each = rest.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        each.__traceback__ = _outside(each.__traceback__)
        if each.__suppress_context__:
            suppressed = each.__cause__
            each.__context__ = None
            each.__cause__ = suppressed
        if isinstance(each.__context__, UnicodeError):
            each.__context__ = None
        rest += [each.__cause__, each.__context__]
    return error


def _outside(traceback: TracebackType | None) -> TracebackType | None:
    kept: list[TracebackType] = []
    while traceback is not None:
        if not os.path.abspath(traceback.tb_frame.f_code.co_filename).startswith(_LIBRARIES):
            kept.append(traceback)
        traceback = traceback.tb_next
    chain: TracebackType | None = None
    for each in reversed(kept):
        chain = TracebackType(chain, each.tb_frame, each.tb_lasti, each.tb_lineno)
    return chain
