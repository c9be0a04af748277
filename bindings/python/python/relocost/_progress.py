"""A progress bar for calls that take long: after a second, and not before."""

from __future__ import annotations

import contextlib
import time
import warnings
from types import TracebackType
from typing import Any

__all__ = ["Bar"]

_PATIENCE = 1.0


class Bar:
    """Is told by the library how far a call is, and shows it once the call has taken a second."""

    def __init__(self, what: str, wanted: bool) -> None:
        self._what = what
        self._begun = time.perf_counter() if wanted else None
        self._bar: Any = None

    def __enter__(self) -> Bar | None:
        return None if self._begun is None else self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None and self._begun is not None:
            self._bar.close()

    def __call__(self, done: int, total: int | None) -> None:
        """Shows so many steps done, of so many in all if that is known."""
        if self._begun is None or time.perf_counter() - self._begun < _PATIENCE:
            return
        try:
            if self._bar is None:
                self._bar = _tqdm(self._what, total)
            self._bar.total = total
            self._bar.update(done - self._bar.n)
        except Exception:
            self._begun = None  # a bar that cannot be shown, for want of a terminal or otherwise, ends no call
            _unlock()


def _tqdm(what: str, total: int | None) -> Any:
    with warnings.catch_warnings():
        # In a notebook without widgets tqdm falls back to text, which is as good.
        warnings.simplefilter("ignore")
        from tqdm.auto import tqdm

        return tqdm(desc=what, total=total, leave=False)


def _unlock() -> None:
    """Gives back the lock that tqdm keeps where it fails to draw: its monitor would wait for it when Python ends."""
    with contextlib.suppress(Exception):
        from tqdm.auto import tqdm

        shared: Any = tqdm  # its stubs do not type the lock
        shared.get_lock().release()
