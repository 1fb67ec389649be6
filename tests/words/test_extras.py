"""The line that adds missing packages is one that works for the way in which the program was installed."""

import sys

import pytest

from blangko.words.extras import install_line

PYTHON = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"


@pytest.fixture
def place(tmp_path):
    """An environment called blangko, as pipx and uv name it."""
    folder = tmp_path / "blangko"
    folder.mkdir()
    return folder


def test_in_an_environment_of_its_own_pip_is_the_one_that_belongs_to_it(place):
    (place / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.2\n", encoding="utf-8")

    assert install_line("excel", str(place)) == f'{place / PYTHON} -m pip install "blangko[excel]"'


def test_a_path_with_a_space_stands_in_quotation_marks(tmp_path):
    place = tmp_path / "buku blangko"
    place.mkdir()
    (place / "pyvenv.cfg").write_text("home = /usr/bin\n", encoding="utf-8")

    assert install_line("word", str(place)) == f'"{place / PYTHON}" -m pip install "blangko[word]"'


def test_an_environment_that_uv_made_has_no_pip(place):
    (place / "pyvenv.cfg").write_text("home = /usr/bin\nuv = 0.13.9\n", encoding="utf-8")

    assert install_line("excel", str(place)) == f'uv pip install --python {place / PYTHON} "blangko[excel]"'


def test_pipx_is_told_the_packages_and_not_blangko_which_it_would_look_for_elsewhere(place):
    (place / "pyvenv.cfg").write_text("home = /usr/bin\n", encoding="utf-8")
    (place / "pipx_metadata.json").write_text("{}", encoding="utf-8")

    said = install_line("excel", str(place))

    assert said.startswith('pipx inject blangko "xlsxwriter') and said.count('"') == 6
    assert '"openpyxl' in said and '"python-calamine' in said and "typst" not in said


def test_a_second_blangko_of_pipx_is_named_by_its_suffix(tmp_path):
    place = tmp_path / "blangko_new"
    place.mkdir()
    (place / "pipx_metadata.json").write_text("{}", encoding="utf-8")

    assert install_line("notify", str(place)).startswith('pipx inject blangko_new "apprise')


RECEIPT = """
[tool]
requirements = [
    { name = "blangko", extras = ["word"], path = "/media/usb stick/blangko-0.1.0-py3-none-any.whl" },
    { name = "segno", specifier = ">=1.6,<2" },
]
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the receipt names a path of Linux")
def test_a_tool_of_uv_is_installed_again_from_its_file_and_loses_nothing_that_it_had(place):
    (place / "uv-receipt.toml").write_text(RECEIPT, encoding="utf-8")

    assert install_line("excel", str(place)) == (
        'uv tool install --with "segno>=1.6,<2" '
        '"blangko[excel,word] @ file:///media/usb%20stick/blangko-0.1.0-py3-none-any.whl"'
    )


def test_a_tool_of_uv_that_came_from_an_index_is_asked_for_there(place):
    (place / "uv-receipt.toml").write_text('[tool]\nrequirements = [{ name = "blangko" }]\n', encoding="utf-8")

    assert install_line("report", str(place)) == 'uv tool install "blangko[report]"'


def test_without_an_environment_it_is_the_pip_of_the_python_that_runs(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/usr/bin/python3")

    assert install_line("excel", str(tmp_path)) == '/usr/bin/python3 -m pip install "blangko[excel]"'
