"""Which line adds the packages of an extra, in the form that fits the way in which this program was installed."""

import sys
from pathlib import Path
from typing import Any


def install_line(extra: str, prefix: str | None = None) -> str:
    """The line to run for the extra, such as `pip install "blangko[excel]"`.

    `prefix` is the folder of the environment, this program's own unless given. What made it left a file there: pipx
    its metadata, uv a receipt for a tool and a line in pyvenv.cfg for any other environment.
    """
    place = Path(sys.prefix if prefix is None else prefix)
    if (place / "pipx_metadata.json").is_file():
        return _for_pipx(extra, place)
    if (place / "uv-receipt.toml").is_file():
        return _for_uv_tool(extra, place / "uv-receipt.toml")
    python = place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    configured = place / "pyvenv.cfg"
    if not configured.is_file():
        return f'{_quoted(sys.executable)} -m pip install "blangko[{extra}]"'
    # uv puts no pip into the environments that it makes.
    if "\nuv = " in "\n" + configured.read_text(encoding="utf-8", errors="replace"):
        return f'uv pip install --python {_quoted(str(python))} "blangko[{extra}]"'
    return f'{_quoted(str(python))} -m pip install "blangko[{extra}]"'


def _for_pipx(extra: str, place: Path) -> str:
    """The packages by their own names: told to inject "blangko[excel]", pipx forgets the file that it came from."""
    name = place.name if place.name.startswith("blangko") else "blangko"
    return " ".join(["pipx inject", name, *(f'"{package}"' for package in packages(extra))])


def packages(extra: str) -> list[str]:
    """What the extra stands for, each with the versions that fit: `xlsxwriter<4,>=3.2`."""
    from importlib.metadata import requires

    parts = [each.partition(";") for each in requires("blangko") or []]
    return [name.strip() for name, _, condition in parts if condition.strip() == f'extra == "{extra}"']


def _for_uv_tool(extra: str, receipt: Path) -> str:
    """The tool once more, from where it came, with the extra beside all that it was given before: uv keeps no more."""
    import tomllib

    required = tomllib.loads(receipt.read_text(encoding="utf-8"))["tool"]["requirements"]
    itself = next((each for each in required if each["name"] == "blangko"), {"name": "blangko"})
    others = [f'--with "{each["name"]}{each.get("specifier", "")}"' for each in required if each is not itself]
    extras = ",".join(sorted({*itself.get("extras", ()), extra}))
    return " ".join(["uv tool install", *others, f'"blangko[{extras}]{_source(itself)}"'])


def _source(required: dict[str, Any]) -> str:
    place = required.get("path") or required.get("directory")
    where = Path(place).as_uri() if place else required.get("url")
    return f" @ {where}" if where else required.get("specifier", "")


def _quoted(path: str) -> str:
    return f'"{path}"' if set(path) & set(" &()'") else path
