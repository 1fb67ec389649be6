"""After a power cut the book is as before or as after the command, and what was acknowledged stands.

POWER_CUTS says how many states of each command are looked at, FAULT_SEED which ones.
"""

import os
import shutil

import pytest

from tests.faults.power import COMMANDS, judged

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(not shutil.which("strace"), reason="strace records what the program writes"),
]
SAMPLE = int(os.environ.get("POWER_CUTS", "40"))
SEED = int(os.environ.get("FAULT_SEED", "20171027"))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_power_cut_loses_nothing_that_was_acknowledged(command):
    tally = judged(command, SAMPLE, SEED)

    assert (tally.lost, tally.damaged) == (0, 0)
    assert tally.tries == SAMPLE


def test_a_disk_that_lies_about_syncing_is_found_out():
    tally = judged("import", 3 * SAMPLE, SEED, disk_lies=True)

    assert tally.lost + tally.damaged > 0
