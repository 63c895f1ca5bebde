"""What the reports of a check say together: an Arrow table that shows itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import overload

import pyarrow as pa

from truceline.basics.counting import counted
from truceline.engines.accounts import Account, accounts_table
from truceline.publish.accounts_text import accounts_html, accounts_lines

__all__ = ["Accounts"]


class Accounts(Sequence[Account]):
    """Rows for rules that ask for a number, and for records of effort; from ``truceline.check(...).accounts``.

    ``print`` tells them in words, `table` has them as Arrow (`engines.accounts.ACCOUNTS_SCHEMA`), and data frames take
    them as they are.
    """

    def __init__(self, rows: Sequence[Account]) -> None:
        self._rows = tuple(rows)

    @overload
    def __getitem__(self, at: int) -> Account: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Account, ...]: ...
    def __getitem__(self, at: int | slice) -> Account | tuple[Account, ...]:
        """Give one row, or some."""
        return self._rows[at]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._rows)

    def __iter__(self) -> Iterator[Account]:
        """Go through the rows."""
        return iter(self._rows)

    @cached_property
    def table(self) -> pa.Table:
        """The rows as an Arrow table."""
        return accounts_table(self._rows)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand the rows over to whoever takes Arrow."""
        return self.table.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        """Say in one line how many rows there are."""
        rules = len({row.provision for row in self._rows})
        return f"<Accounts: {counted(len(self), 'row')} on {counted(rules, 'provision')}>"

    def __str__(self) -> str:
        """Tell them as the command does."""
        return "\n".join(accounts_lines(self._rows))

    def _repr_html_(self) -> str:
        return accounts_html(self._rows)
