"""Where core and store meet: what a storekeeper does with the book, one transaction each.

`desk` (who writes) → `look` (what the book says) → `post` (the one way in) → `tasks` (the daily ones), each above the
last; beside them `seals`, `proof`, `papers`, `copies`, `files`, `province`, `allocation` and `demo`. A book is opened
with `open_book`.
"""

from blangko.store.book import Book
from blangko.store.opening import open_book

__all__ = ["Book", "open_book"]
