"""blangko: the stock book for blank national-ID cards at a district civil-registry office.

The house, from the door inwards:

- `cli`        talks: commands, options, questions, exit codes
- `words`      the language that is spoken, dates and numbers as people write and type them, refusals
- `stockroom`  where core and store meet: `desk` (who writes), `look` (what the book says), `post` (the one way in),
  `tasks`, and beside them `proof`, `papers`, `copies`, `files`, `demo`; one transaction each
- `core`       computes: entries, balances, open days, demand, forecast, reorder rule; no clock, file, SQL or wording
- `store`      remembers: tables, statements, locking, files
- `reports`    renders core values as text, data, pages, workbooks and letters; computes nothing
- `exchange`   files in and out: clerks' sheets, the book as open data
- `locale`     the Indonesian catalogue

and beside the package `db`, the history and the shape of the database, which ships as `blangko.db`.
"""

__version__ = "0.1.0"
