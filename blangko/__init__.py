"""blangko: the stock book for blank national-ID cards at a district civil-registry office.

The house, from the door inwards:

- `cli`        talks: commands, options, questions, exit codes
- `words`      the language that is spoken, dates and numbers as people write and type them, refusals
- `stockroom`  where core and store meet: `desk` (who writes), `look` (what the book says), `post` (the one way in),
  `tasks`, and beside them `seals`, `proof`, `papers`, `copies`, `files`, `province`, `demo`; one transaction each
- `core`       computes: entries, balances, open days, demand, forecast, reorder rule; no clock, file, SQL or wording
- `store`      remembers: tables, statements, locking, files and servers
- `reports`    renders core values as text, data, pages, workbooks and letters; computes nothing
- `web`        the same book as a page in a browser; computes nothing
- `exchange`   files in and out: clerks' sheets, the book as open data
- `elsewhere`  files that somebody else made, read within bounds and taken apart within limits
- `locale`     the Indonesian catalogue

and beside the package `db`, the history and the shape of the database, which ships as `blangko.db`.

What to touch, and where; `pytest` tells what was forgotten:

To add a kind of movement
    1. `core/columns.py`: a row among the kinds: where the cards go, whether that is use, the sum it counts in, what it
       needs, what it is called. Rules, statements, audit, stock card, export and screens take it from there.
    2. `db/migrations/versions/`: a migration that inserts the row, with a trigger for what it needs, on both engines:
       `db/triggers.sql` guards a file, `db/postgres/triggers.sql` a server.
    3. `store/schema.py`: the number of the shape. Then `python -m blangko.store.schema > db/schema.sql`, and the new
       fingerprints, which a test tells.
    4. and 5. a command that writes it, as below.
    6. `locale/id/LC_MESSAGES/blangko.po`, then `pybabel compile`.
    A book of the shape before goes to `tests/store/released/`. Only a kind that is counted apart from the others also
    needs a field of `core.book.Balance`, with its place in the identity.

To add a column
    The same, with a line among the columns instead of a row among the kinds, the field in `core/entry.py` and the field
    at the end of `store/models.py`, where `ALTER TABLE` puts it; a rule for it stands with the column, as
    `sa_column_args`. Empty in old entries, it changes no old seal.

To add a command
    `cli/commands.py` has a line with its two names, its group and its examples; the function lies beside its relatives
    in `cli`. What it does with the book is a function of `stockroom`: through `post` when it writes, of `look` when it
    reads. The pages of man are made anew for every change of a command or an option: `blangko help --man`, once with
    `--lang en` and once with `--lang id`, into `locale/en/blangko.1` and `locale/id/blangko.1`.

To add a report
    `core` makes a value of what is to be said, `stockroom` fetches it, a module of `reports` renders it; the command
    hands out all its forms.

To add a setting
    `core/settings.py`, and its line in `reports/settings.py`.

To add a language
    `words/language.py` and `words/written.py` (months, weekdays, numbers), a catalogue beside `locale/id`, and the
    synonyms that people type in `words/typed.py`.
"""

__version__ = "0.1.0"
