"""Values that users pass, as the texts that the library reads: exact, and without any binary floating point."""

from __future__ import annotations

import datetime
import math
import operator
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Union

from . import _relocost
from .errors import Code, _refused

__all__ = [
    "ALTERNATIVE",
    "BASE",
    "BYTES",
    "SETS",
    "MonthLike",
    "Number",
    "Share",
    "Where",
    "count",
    "decimal_text",
    "figures_repr",
    "is_missing",
    "month_text",
    "plain",
    "share_text",
    "whole",
]

Number = Union[str, int, Decimal]
"""An exact number: a text such as "1100.50", an int, or a Decimal; never a float."""

Share = Union[str, int, Decimal, float]
"""A share of 1, such as a premium; a float is taken as the decimal that it is written as."""

MonthLike = Union[str, datetime.date]
"""A month: a text such as "2026-03", a date, or what pandas has for either (a Timestamp or a Period)."""

BASE, ALTERNATIVE = _relocost.usual_pair()
"""The pathways that are compared if none are named."""

BYTES = (bytes, bytearray, memoryview)
"""Types that are iterable and no lists: their bytes would be taken for numbers."""

SETS = (set, frozenset)
"""Types that keep one of two equal values, in no order."""

# Counts in whole numbers: a column of a data frame that has gaps holds them as floats.
_WHOLE = frozenset(("age", "horizon_months", "months"))
_DECIMALS = 12
_DEEPEST = 24
_MOST_DIGITS = 60


def decimal_text(value: object, key: object) -> str:
    """The text of an exact number; `key` says in an error where it stands."""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        # Zeros by the million are not worth writing out: the library refuses what is longer than a file may have.
        short = (
            value.is_finite() and abs(value.adjusted()) < _MOST_DIGITS and len(value.as_tuple().digits) < _MOST_DIGITS
        )
        return _trimmed(format(value, "f")) if short else str(value)
    if isinstance(value, bool):
        raise TypeError(f"{key}: expected a number, not a truth value")
    if isinstance(value, float):
        raise TypeError(
            f"{key}: binary floating point is not exact; expected a text such as '1100.50', an int or a Decimal"
        )
    try:
        whole = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(f"{key}: expected a text such as '1100.50', an int or a Decimal") from None
    return _whole_text(whole)


def _trimmed(text: str) -> str:
    """A decimal without the zeros at its end that are beyond what a file can have; arithmetic leaves them there."""
    whole, _, fraction = text.partition(".")
    return text if len(fraction) <= _DECIMALS else f"{whole}.{fraction.rstrip('0') or '0'}"


def is_missing(value: object) -> bool:
    """True if a value is None, NaN, NaT or NA, the marks of data frames for a missing value."""
    kind = type(value).__name__
    if value is None or kind in ("NAType", "NaTType"):
        return True
    return kind in ("float", "float32", "float64", "datetime64") and bool(value != value)


def share_text(value: object, key: str) -> str:
    """The text of a share such as a premium; a float such as 0.6 is taken as the decimal that it is written as."""
    if isinstance(value, float) and math.isfinite(value):
        return decimal_text(Decimal(repr(float(value))), key)
    return decimal_text(value, key)


def _whole_text(whole: int) -> str:
    # Python refuses to write very long whole numbers; the library refuses them with a better sentence.
    return str(whole) if whole.bit_length() < 256 else "9" * _MOST_DIGITS


def month_text(value: object, key: object) -> str:
    """The text of a month; `key` says in an error where it stands."""
    if isinstance(value, str):
        return value
    if type(value).__name__ == "datetime64":
        return str(value)[:7]  # of NumPy: a year first, then a month
    year, month = getattr(value, "year", None), getattr(value, "month", None)
    is_month = str(getattr(value, "freqstr", None) or "M").startswith("M")  # a Period of pandas may be a quarter
    if isinstance(year, int) and isinstance(month, int) and is_month:
        return f"{year:04d}-{month:02d}"
    raise TypeError(f"{key}: expected a month: a text such as '2026-03', or a date")


class Where:
    """Where a value stands: its text shows no key that could tell of a household, as in errors of the library."""

    __slots__ = ("steps",)

    def __init__(self, *steps: str | int) -> None:
        self.steps = steps

    def below(self, step: str | int) -> Where:
        return Where(*self.steps, step)

    def __str__(self) -> str:
        return _relocost.shown_path(list(self.steps))


NOWHERE = Where()


def plain(value: object, key: Where = NOWHERE) -> Any:
    """A value as JSON has it: tables, lists, texts, whole numbers and truth values.

    None in a table is left out, and so is NaN, NA or NaT in one of a list of tables.
    """
    if len(key.steps) > _DEEPEST:
        raise ValueError(f"{Where(key.steps[0])}: tables and lists are nested too deep")
    if isinstance(value, (str, bool)):
        return value
    if isinstance(value, Mapping):
        in_list = any(
            isinstance(step, int) for step in key.steps
        )  # a record, as data frames give them: what is missing in one has a mark
        return {
            _key(name): plain(inner, key.below(_key(name)))
            for name, inner in value.items()
            if inner is not None and not (in_list and is_missing(inner))
        }
    if isinstance(value, SETS):
        raise TypeError(f"{str(key) or 'the scenario'}: a set keeps one of two that are alike; expected a list")
    if isinstance(value, Iterable) and not isinstance(value, BYTES):
        return [plain(inner, key.below(place)) for place, inner in enumerate(value)]
    if type(value).__name__ == "datetime64" or (hasattr(value, "year") and hasattr(value, "month")):
        return month_text(value, key)
    if hasattr(value, "__index__"):
        whole = operator.index(value)
        return whole if abs(whole) < 10**18 else _whole_text(whole)
    if isinstance(value, Decimal):
        return decimal_text(value, key)
    if isinstance(value, float) or type(value).__name__ in ("float16", "float32"):
        number = float(value)  # type: ignore[arg-type]
        is_whole = _is_whole(key.steps) and number.is_integer() and abs(number) < 10**9
        return int(number) if is_whole else decimal_text(number, key)
    raise TypeError(f"{str(key) or 'the scenario'}: expected tables, lists, texts, whole numbers, decimals or months")


def _is_whole(steps: tuple[str | int, ...]) -> bool:
    """True if only a whole number can stand there: an age, also that of a member who is nothing else, or months."""
    is_member = len(steps) > 1 and steps[-2] in ("household", "members") and isinstance(steps[-1], int)
    return steps[-1:] != () and (steps[-1] in _WHOLE or is_member)


def _key(name: object) -> str:
    if isinstance(name, str):
        return name
    if hasattr(name, "__index__") and not isinstance(name, bool):
        return _whole_text(operator.index(name))  # a year
    raise TypeError("the keys of a table are texts, or years")


def figures_repr(figures: Any) -> str:
    """The repr of a named tuple or a data class of figures: its fields, and that they are internal."""
    names = getattr(figures, "_fields", None) or figures.__dataclass_fields__
    fields = ", ".join(f"{name}={getattr(figures, name)!r}" for name in names)
    return f"{type(figures).__name__}({fields}; internal)"


def whole(value: object, key: str, least: int) -> int | None:
    """A whole number that may be left out."""
    if value is None:
        return None
    try:
        number = -1 if isinstance(value, bool) else operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(f"{key}: expected a whole number, or None") from None
    if not least <= number < 2**32:
        raise _refused(
            Code.OUT_OF_RANGE,
            key,
            f"expected a whole number from {least}, or None",
            f"attendu : un nombre entier à partir de {least}, ou None",
        )
    return number


def count(value: object, key: str, least: int, bits: int = 64) -> int:
    """A whole number of so many bits."""
    try:
        number = -1 if isinstance(value, bool) else operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(f"{key}: expected a whole number") from None
    if not least <= number < 2**bits:
        raise _refused(
            Code.OUT_OF_RANGE,
            key,
            f"expected a whole number from {least}, below 2^{bits}",
            f"attendu : un nombre entier à partir de {least}, inférieur à 2^{bits}",
        )
    return number
