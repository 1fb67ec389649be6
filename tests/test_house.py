"""The house stands as its plan says: who may know whom, what is heavy, what lies on the top floor."""

import ast
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
MODULES = {
    ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((HOUSE / "blangko").rglob("*.py"))
}
SHEET_VALUES = {f"exchange.{name}" for name in ("beside", "blocks", "compare", "faults", "found", "markup", "reading")}
"""What is known of a clerk's sheet, which a report shows and does not compute."""
# What a part may import of the house besides itself; a part is a folder or a module of `blangko`.
MAY_KNOW = {
    "core": {"errors"},
    "store": {"core.accounts", "core.columns", "core.entry", "core.seal", "core.workdays", "errors", "db"},
    "stockroom": {"core", "store", "errors"},
    "words": {"core.columns", "core.workdays", "errors"},
    "exchange": {"core", "errors", "words.typed", "elsewhere"},
    "reports": {"core", "words", "errors", *SHEET_VALUES, "elsewhere"},
    "cli": {
        "stockroom",
        "reports",
        "exchange",
        "store.saved",
        "store.address",
        "core",
        "config",
        "errors",
        "words",
        "web",
        "",
    },
    "web": {"stockroom", "reports", "exchange", "store.saved", "core", "config", "errors", "words"},
    "errors": set(),
    "elsewhere": set(),
    "config": {"errors", "words.typed", "store.address"},
    "__main__": {"cli"},
    "": set(),
    "locale": set(),
}
HEAVY = {
    *("sqlmodel", "sqlalchemy", "pydantic", "alembic", "holidays", "babel", "rich", "typst", "tabulate", "dateutil"),
    *("apprise", "requests", "icalendar", "psycopg", "flask", "waitress", "jinja2"),
}
TOP = {"pyproject.toml", "blangko", "tests", "db", "README.md", "LICENSE", "CHANGELOG.md"}


def imports(path, everywhere=True):
    """The full names that a module imports; with `everywhere` inside its functions too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree) if everywhere else tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part(module):
    """The part of the house to which a dotted name below `blangko` belongs."""
    return module.removeprefix("blangko").removeprefix(".").split(".")[0]


def resolved(name):
    """The module that an imported name belongs to."""
    while name not in MODULES:
        name = name.rpartition(".")[0]
    return name


@pytest.mark.parametrize("module", MODULES)
def test_a_module_knows_only_whom_it_may(module):
    mine = part(module)
    for name in imports(MODULES[module]):
        if name.split(".")[0] != "blangko" or name.startswith("blangko.db"):
            continue
        known = resolved(name).removeprefix("blangko").removeprefix(".")
        allowed = part(f"blangko.{known}") in (mine, *MAY_KNOW[mine]) or known in MAY_KNOW[mine]
        assert allowed, f"{module} may not import {name}"


def circles(known):
    """The groups of modules of which each leads to each; `known` names the modules that a module imports."""
    reached = {module: walked(module, known) for module in known}
    found = {frozenset(other for other in reached[module] if module in reached[other]) for module in known}
    return found - {frozenset()}


def walked(start, known):
    """All modules to which the imports lead from `start`; `start` itself only where they lead back."""
    found, waiting = set(), list(known[start])
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += known.get(module, ())
    return found


def test_no_module_leads_back_to_itself():
    known = {
        module: {resolved(name) for name in imports(path) if name.split(".")[0] == "blangko"} - {module}
        for module, path in MODULES.items()
    }

    assert circles(known) == set()


def test_the_check_of_circles_would_notice_one():
    assert circles({"letter": {"word"}, "word": {"table", "letter"}, "table": set()}) == {frozenset({"letter", "word"})}
    assert circles({"letter": {"table"}, "word": {"table", "letter"}, "table": set()}) == set()


FLOORS = ("desk", "look", "post", "tasks")


@pytest.mark.parametrize("floor", FLOORS)
def test_a_floor_of_the_stockroom_stands_only_on_those_below_it(floor):
    module = f"blangko.stockroom.{floor}"
    stands_on = {resolved(name) for name in imports(MODULES[module]) if name.startswith("blangko.stockroom.")}

    assert stands_on <= {f"blangko.stockroom.{below}" for below in FLOORS[: FLOORS.index(floor)]}


def test_only_who_talks_knows_the_words():
    rooms = {part(module) for module, path in MODULES.items() for name in imports(path) if part(name) == "words"}

    # The last two only read dates as people type them, and say nothing.
    assert rooms == {"words", "cli", "reports", "web", "exchange", "config"}


def test_the_check_of_directions_would_notice_a_wrong_one():
    assert resolved("blangko.store.book.Book") == "blangko.store.book"
    assert part("blangko.store.book") not in MAY_KNOW["core"]
    assert part("blangko.core.answer") not in MAY_KNOW["store"]


@pytest.mark.parametrize("module", MODULES)
def test_heavy_libraries_are_imported_only_where_they_are_used(module):
    if module in ("blangko.store.models", "blangko.store.server_models"):
        pytest.skip("the tables are made of SQLModel")
    at_once = {name.split(".")[0] for name in imports(MODULES[module], everywhere=False)}
    # The page is made of Flask and served by waitress; what a command needs of it is imported when it is served.
    mine = {"flask", "waitress"} if part(module) == "web" else set()

    assert not (at_once & HEAVY) - mine


def test_nobody_but_the_page_itself_loads_the_page_before_it_is_served():
    for module, path in MODULES.items():
        if part(module) != "web":
            at_once = imports(path, everywhere=False)
            assert not [name for name in at_once if name.startswith("blangko.web")], module


@pytest.mark.parametrize("module", MODULES)
def test_click_is_never_imported(module):
    assert "click" not in {name.split(".")[0] for name in imports(MODULES[module])}


@pytest.mark.parametrize("module", [name for name in MODULES if part(name) == "core"])
def test_the_core_has_no_clock_no_file_and_no_database(module):
    known = {name.split(".")[0] for name in imports(MODULES[module])}
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }

    assert not known & {"os", "sys", "sqlite3", "pathlib", "time", "random", "subprocess"}
    assert not calls & {"today", "now", "utcnow"}


def test_one_place_only_asks_the_machine_what_time_it_is():
    """The tests fix the clock there; a second place would read the machine's."""
    clocks = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime"}
    asking = {
        module
        for module, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in clocks
    }

    assert asking == {"blangko.config"}


def test_every_package_ships():
    listed = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    found = {name for name, path in MODULES.items() if path.name == "__init__.py"}

    assert set(listed) == {*found, "blangko.db"}


@pytest.mark.parametrize("module", MODULES)
def test_what_others_use_is_described(module):
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    if module.startswith(("blangko.cli.", "blangko.web.")) or module.endswith(
        ("__main__", "cli", "locale", "core", "reports")
    ):
        pytest.skip("commands are described by their help, routes by their addresses")
    bare = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    plain = {"language", "cards", "signed", "workdays", "kind_word", "figure_word", "N_"}

    assert ast.get_docstring(tree)
    assert set(bare) <= plain


def test_the_top_floor_holds_what_was_agreed():
    if not shutil.which("git") or not (HOUSE / ".git").exists():
        pytest.skip("not a checkout")
    done = subprocess.run(["git", "-c", f"safe.directory={HOUSE}", "ls-files"], cwd=HOUSE, capture_output=True)
    top = {line.split("/")[0] for line in done.stdout.decode().splitlines()}

    assert {name for name in top if not name.startswith(".")} <= TOP
