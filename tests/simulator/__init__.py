"""A simulator of registry offices: what becomes of an office that asks for cards by one rule or another.

`world` is what no office can change: the people who come, the server, the clerk's habits and the province. `offices`
is the life of one office in it, with its book in memory. `rules` say each evening how many cards to ask for.
`replay` counts what came of it; `python -m tests.simulator` prints the table. All of it is invented and must be read
so; what is seen in the field, in `DOMAIN`-like press cases, sets the ranges: weekday pattern, the Indonesian
calendar, the surge after Lebaran, elections, rationing, dead servers, grants in lots of 500, leads of 1 to 150 days.
"""
