"""The tests, which mirror `blangko/`; `tests/faults` breaks what can break, `tests/benchmarks` measures."""

PATIENCE_SECONDS = 600
"""How long a process that a test waits for may take. Only one that hangs is at fault, not a machine that is busy."""
