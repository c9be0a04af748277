"""The errors: one hierarchy with `RelocostError` at its top.

An exception carries everything that was found wrong with an input, each with its place, and shows no value that could
identify a household.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

__all__ = [
    "Code",
    "ComputationError",
    "FigureError",
    "Finding",
    "ReadError",
    "RelocostError",
    "ValidationError",
]


class Code(IntEnum):
    """The stable numbers of what can be found, the same in every language."""

    TOO_LARGE = 1001
    """The text is longer than a file may be."""
    NOT_UTF8 = 1002
    """The text is not UTF-8."""
    SYNTAX = 1003
    """The text is not TOML, or not JSON."""
    TOO_DEEP = 1004
    """Tables or lists are nested too deep."""
    DUPLICATE_KEY = 1005
    """A key stands twice in one table."""
    UNREADABLE = 1006
    """A file cannot be read."""
    CATALOGUE = 1007
    """The catalogue cannot be had."""
    UNKNOWN_KEY = 2001
    """A key that nothing reads."""
    MISSING_KEY = 2002
    """A key that must be there is not."""
    WRONG_KIND = 2003
    """A value of another kind than the key takes."""
    BAD_DECIMAL = 2004
    """A number that is no decimal of a file."""
    OUT_OF_RANGE = 2005
    """A number outside its range."""
    UNKNOWN_NAME = 2006
    """A name that nothing declares."""
    DUPLICATE = 2007
    """An id or name given twice."""
    CONFLICT = 2008
    """Two values that cannot stand together."""
    BAD_NAME = 2009
    """An id or name with other characters than it may have."""
    BAD_TEXT = 2010
    """A text with hidden characters, or too long."""
    TOO_MANY = 2011
    """More of something than there may be."""
    NOT_POSITIVE = 2012
    """Correlations that no distribution can have together."""
    MISSING_RATE = 3001
    """A rate that a charge needs is not given."""
    TOO_LARGE_FIGURE = 3002
    """A figure too large to write."""
    UNKNOWN_PATHWAY = 3003
    """A pathway that the scenario does not have."""
    NO_SOLUTION = 3004
    """No factor meets the target of a calibration."""
    INTERRUPTED = 3005
    """The caller broke a long computation off."""
    OUT_OF_MEMORY = 3006
    """The system has not the memory that a computation needs."""
    DISCLOSURE = 3007
    """What would be published could disclose a case."""
    UNKNOWN_FIGURE = 4001
    """A figure that the comparison does not have."""
    NEVER_USED = 5001
    """Odd but harmless: something that never takes effect."""
    CONTRADICTION = 5002
    """Odd but harmless: an entitlement both in `when` and in `unless`."""
    LEAVES_DOMAIN = 5003
    """Odd but harmless: an uncertain parameter of which draws are moved into its domain."""
    MINORS_ALONE = 5004
    """Odd but harmless: minors who stay when no adult counts."""
    SAME_REFERENCE = 5005
    """Odd but harmless: two rows of a caseload with one reference."""
    PER_CENT = 5006
    """Odd but harmless: a share or rate that can only be a percentage."""


class Finding(NamedTuple):
    """One thing found in an input, wrong or odd.

    `file` is a file's own name, never a path; `line` and `column` count from 1. What does not apply is None. `message`
    is in English, `message_fr` in French.
    """

    code: Code
    file: str | None
    line: int | None
    column: int | None
    key: str | None
    message: str
    message_fr: str

    def text(self, lang: str = "en") -> str:
        """The finding as a line of text, with its place and key.

        Parameters
        ----------
        lang : str, default 'en'
            English (`en`) or French (`fr`).

        Returns
        -------
        str
            One line.

        Examples
        --------
        >>> import relocost as rc
        >>> try:
        ...     rc.Scenario(start="2026-03", horizon_months=0, household=[34])
        ... except rc.RelocostError as error:
        ...     print(error.findings[0].text("en"))
        ...
        horizon_months: found a whole number 0; expected a whole number from 1 to 1200
        """
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        message = self.message if _is_english(lang) else self.message_fr
        return ": ".join(part for part in (place, self.key, message) if part)

    def __str__(self) -> str:
        return self.text()


class RelocostError(Exception):
    """Everything that is wrong with an input, or why a figure cannot be computed.

    `code`, `file`, `line`, `column` and `key` are those of the first finding; `findings` has all that are kept, and
    `more` says how many there are beyond them.

    >>> import relocost as rc
    >>> try:
    ...     rc.loads('schema = 1\\nhorizn_months = 60')
    ... except rc.RelocostError as error:
    ...     last = error.findings[-1]
    ...     print(len(error.findings) > 1, last.code.name, last.line, last.column, last.key)
    True UNKNOWN_KEY 2 1 horizn_months
    """

    findings: tuple[Finding, ...]
    more: int

    def __init__(self, findings: Sequence[Finding], more: int = 0) -> None:
        self.findings = tuple(findings)
        self.more = more
        super().__init__(self.text())

    def text(self, lang: str = "en") -> str:
        """Every finding on a line of its own.

        Parameters
        ----------
        lang : str, default 'en'
            English (`en`) or French (`fr`).

        Returns
        -------
        str
            The lines.

        Examples
        --------
        >>> import relocost as rc
        >>> try:
        ...     rc.loads("schema = 2")
        ... except rc.RelocostError as error:
        ...     print(error.text("fr").splitlines()[-1])
        scenario:1:10: schema: trouvé : un nombre entier 2 ; attendu : un nombre entier de 1 à 1
        """
        lines = [finding.text(lang) for finding in self.findings]
        if self.more:
            lines.append(f"and {self.more} more" if _is_english(lang) else f"et {self.more} de plus")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[type[RelocostError], tuple[tuple[Finding, ...], int]]:
        return type(self), (self.findings, self.more)

    @property
    def code(self) -> Code:
        """The code of the first finding."""
        return self.findings[0].code

    @property
    def file(self) -> str | None:
        """The file's own name, never a path."""
        return self.findings[0].file

    @property
    def line(self) -> int | None:
        """The line, from 1."""
        return self.findings[0].line

    @property
    def column(self) -> int | None:
        """The column in characters, from 1."""
        return self.findings[0].column

    @property
    def key(self) -> str | None:
        """The path of the key, such as `lines.rent.amount`."""
        return self.findings[0].key


class ReadError(RelocostError):
    """An input that cannot be read at all: no such file, no UTF-8, no TOML (codes from 1000)."""


class ValidationError(RelocostError, ValueError):
    """An input that can be read and is wrong (codes from 2000)."""


class ComputationError(RelocostError):
    """A figure that cannot be computed: a rate or a pathway is missing, no factor exists (codes from 3000)."""


class FigureError(RelocostError, LookupError):
    """A figure that a comparison does not have (codes from 4000)."""


_CLASSES: dict[int, type[RelocostError]] = {
    1: ReadError,
    2: ValidationError,
    3: ComputationError,
    4: FigureError,
}

_Parts = tuple[int, str | None, int | None, int | None, str | None, str, str]


def _is_english(lang: str) -> bool:
    if lang not in ("en", "fr"):
        raise ValueError('lang: expected "en" or "fr"')
    return lang == "en"


def _finding(parts: _Parts) -> Finding:
    """A finding from its parts, as the library gives them."""
    code, file, line, column, key, message, message_fr = parts
    return Finding(Code(code), file, line, column, key, message, message_fr)


def _refused(code: Code, key: str, message: str, message_fr: str) -> ValidationError:
    """An argument that is of the right kind and wrong."""
    return ValidationError([Finding(code, None, None, None, key, message, message_fr)])


def _exception(findings: list[_Parts], more: int) -> RelocostError:
    """The exception of an error of the library; the library itself calls this."""
    kind = _CLASSES.get(findings[0][0] // 1000, RelocostError)
    return kind([_finding(parts) for parts in findings], more)
