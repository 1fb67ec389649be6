"""The store remembers: tables, statements, transactions and files. It knows entries and nothing of forecasts."""
