"""blangko: the stock book for blank national-ID cards at a district civil-registry office.

The house, from the door inwards:

- `cli`        talks: commands, options, words for errors, exit codes
- `stockroom`  the storekeeper's tasks, one transaction each: daily ones, `papers`, `files`, `care`
- `core`       computes: entries, balances, open days, demand, forecast, reorder rule; no clock, file, SQL or wording
- `store`      remembers: tables, statements, locking, files
- `reports`    renders core values as text, data, pages, workbooks and letters; computes nothing
- `exchange`   files in and out: clerks' sheets, the book as open data
- `locale`     the Indonesian catalogue

and beside the package `db`, the history and the shape of the database, which ships as `blangko.db`.
"""

__version__ = "0.1.0"
