"""The page: the same book in a browser. Routes and templates over `stockroom` and `reports`; it computes nothing.

`app` puts it together, `guard` says who may come in, `desk` does what writes; each page is a module of its own.
"""
