"""After a power cut the book is as before or as after the command, and what was acknowledged stands."""

import shutil

import pytest

from tests.faults.power import COMMANDS, judged

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="strace records what the program writes")
SAMPLE = 40
SEED = 20171027


@pytest.mark.parametrize("command", COMMANDS)
def test_a_power_cut_loses_nothing_that_was_acknowledged(command):
    outcome = judged(command, SAMPLE, SEED)

    assert (outcome.lost, outcome.damaged) == (0, 0)


def test_a_disk_that_lies_about_syncing_is_found_out():
    outcome = judged("import", 3 * SAMPLE, SEED, disk_lies=True)

    assert outcome.lost + outcome.damaged > 0
