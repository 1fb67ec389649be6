"""`python -m tests.pictures` makes the pictures of the README anew."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.pictures import FOLDER, pictures

with TemporaryDirectory() as place:
    for name, made in pictures(Path(place)).items():
        (FOLDER / name).write_bytes(made)
