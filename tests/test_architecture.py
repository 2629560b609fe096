"""Each folder imports what stands below it, never above."""

import ast
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import median

from resume_gap.commands.registry import COMMANDS

SOURCE = Path(__file__).parents[1] / "src" / "resume_gap"
FLOORS = [
    "cli",
    "api",
    "serving",
    "commands",
    "output",
    "report",
    "trends",
    "comparison",
    "trial",
    "analysis",
    "quality",
    "engines",
    "replay",
    "stats",
    "pipeline",
    "sources",
    "textcheck",
    "synthetic",
]
GROUND = {
    "results",
    "schemas",
    "errors",
    "constants",
    "settings",
    "options",
    "sqltext",
    "arrays",
    "compiled",
    "distinct",
    "sorting",
    "units",
    "marks",
    "eventcolumns",
    "fileformats",
    "layouts",
    "configfile",
    "commandline",
    "arguments",
    "system",
}


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(parsed(path)))


def imports(path: Path) -> set[str]:
    """The parts of the package that a module imports, by their first name."""
    found = set()
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("resume_gap"):
            module = (node.module or "").split(".")
            names = [module[1]] if len(module) > 1 else [alias.name for alias in node.names]
            if module[1:] != ["commands", "registry"]:  # a table of names, which loads nothing
                found.update(names)
    return found - {"__version__"}


def test_no_import_runs_upwards() -> None:
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE)
        own = place.parts[0].removesuffix(".py")
        if own in ("__init__", "__main__"):
            continue
        for name in imports(path) - GROUND - {own}:
            assert own not in GROUND, f"{place} imports {name}"
            assert own != "synthetic", f"synthetic stands alone, and {place} imports {name}"
            assert FLOORS.index(name) > FLOORS.index(own), f"{place} imports {name}"


@cache
def package_modules() -> frozenset[str]:
    return frozenset(map(dotted, SOURCE.rglob("*.py")))


def imported_modules(path: Path) -> set[str]:
    """The modules of the package that a module imports anywhere, for types or late as well."""
    every = package_modules()
    found = set()
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module:
            parts = {f"{node.module}.{alias.name}" for alias in node.names} & every
            found |= parts or {node.module} & every
    return found


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {dotted(path): imported_modules(path) for path in SOURCE.rglob("*.py")}
    assert any(graph.values())
    TopologicalSorter(graph).prepare()  # raises CycleError with the modules of the circle


def test_statistics_know_no_result() -> None:
    for path in sorted((SOURCE / "stats").glob("*.py")):
        assert imports(path) <= {"constants", "distinct", "stats", "units"}, path


def test_no_two_classes_share_a_name() -> None:
    """A name means one thing; an alias may be repeated where it stands for the same."""
    meant: dict[str, set[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for node in parsed(path).body:
            if isinstance(node, ast.ClassDef):
                meant.setdefault(node.name, set()).add(dotted(path))
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if ALIAS.fullmatch(name):
                    meant.setdefault(name, set()).add(ast.unparse(node.value))
    assert len(meant) > 300
    assert {name: places for name, places in meant.items() if len(places) > 1} == {}


ALIAS = re.compile(r"_?[A-Z][A-Za-z]*[a-z][A-Za-z]*")
"""What a class or an alias of a type is called, and a constant is not."""


def test_every_query_has_a_number_of_its_own() -> None:
    queries = (SOURCE.parents[1] / "queries").glob("*.sql")
    numbers = Counter(query.name.partition("_")[0] for query in queries)
    assert [number for number, many in numbers.items() if many > 1] == []


def test_every_query_says_its_grain() -> None:
    queries = sorted((SOURCE.parents[1] / "queries").glob("*.sql"))
    assert queries
    for query in queries:
        if query.name == "00_macros.sql":
            continue
        assert query.read_text(encoding="utf-8").startswith("-- One row"), query.name


SQL = re.compile(
    r"(--.*\n|\s)*(select\s|with \w+ as\b|insert into\b|copy \(|alter table\b|drop (table|view)\b"
    r"|create (or replace )?(temp )?(table|view|macro)\b)"
)
MAY_WRITE_SQL = {
    "pipeline/queries.py": "create, insert, drop and rename around the text of a file",
    "pipeline/reduction.py": "create and insert around rows made in Python",
    "eventcolumns.py": "no row of every column that a log may have",
    "sources": "what a source makes of the columns of a file",
}
"""Modules and folders with SQL outside of queries/, and why."""
GENERATED = {"00_no_rows", "00_rows", "00_assignment_rows", "00_rollout_rows"}
"""Relations that are made of the columns of the input; the report lists them under these names."""


@cache
def literals(path: Path) -> list[str]:
    """The text constants of a module, docstrings left out."""
    said = {id(n.value) for n in nodes(path) if isinstance(n, ast.Expr)}
    return [
        node.value
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
    ]


def test_sql_stands_in_queries() -> None:
    """Only quoting, settings, wrappers and what a source generates are written elsewhere."""
    written = {
        str(place): [text for text in literals(path) if SQL.match(text)]
        for path in sorted(SOURCE.rglob("*.py"))
        for place in [path.relative_to(SOURCE)]
        if str(place) not in MAY_WRITE_SQL and place.parts[0] not in MAY_WRITE_SQL
    }
    assert len(written) > 150
    assert {place: texts for place, texts in written.items() if texts} == {}


def test_modules_that_may_write_sql_do() -> None:
    for place in MAY_WRITE_SQL:
        paths = [SOURCE / place] if place.endswith(".py") else (SOURCE / place).rglob("*.py")
        assert any(SQL.match(text) for path in paths for text in literals(path)), place


def test_queries_are_read_by_name_and_read_at_all() -> None:
    """Every file is run by somebody; every name that is run has a file."""
    texts = {text for path in SOURCE.rglob("*.py") for text in literals(path)}
    files = {query.stem for query in (SOURCE.parents[1] / "queries").glob("*.sql")}
    assert files <= texts
    named = {text for text in texts if re.fullmatch(r"\d{2,3}_[a-z_]+", text)}
    assert named - GENERATED <= files
    assert {name for name in files if name[:3].isdigit()} <= named


UNITS_OF_TIME = {"US", "MINUTE_US", "HOUR_US", "DAY_US", "WEEK_US", "EPOCH"}


def units_made(every: Iterable[ast.AST]) -> list[str]:
    """Units of time that a module makes anew, and sums with a million that is one."""
    found = []
    for node in every:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {one.id.lstrip("_") for one in targets if isinstance(one, ast.Name)}
            if names & UNITS_OF_TIME and not isinstance(node.value, ast.Attribute):
                found.append(ast.unparse(node))
        elif isinstance(node, ast.BinOp) and getattr(node.right, "value", None) == 10**6:
            if not ast.unparse(node.left).endswith("_us"):
                continue
            found.append(ast.unparse(node))
    return found


def test_units_of_time_are_made_in_one_place() -> None:
    """`synthetic` stands alone, and has its own."""
    made = {
        str(place): units
        for path in sorted(SOURCE.rglob("*.py"))
        for place in [path.relative_to(SOURCE)]
        if place.parts[0] not in ("units.py", "synthetic") and (units := units_made(nodes(path)))
    }
    assert made == {}


def test_units_that_are_made_anew_are_found() -> None:
    text = "_EPOCH: Final = datetime(1970, 1, 1)\nUS = units.US\nx = gap_us / 1e6 + n * US"
    assert units_made(ast.walk(ast.parse(text))) == [
        "_EPOCH: Final = datetime(1970, 1, 1)",
        "gap_us / 1000000.0",
    ]


REPORT = SOURCE / "report"
RESULTS = {"Run", *(command.result for command in COMMANDS.values())} - {""}


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (REPORT / folder).rglob("*.py"))


OF_THE_LEVEL = {0.95, 0.975, 0.025, 1.96}


def test_the_confidence_level_is_typed_once() -> None:
    found = [
        (path.relative_to(SOURCE).as_posix(), node.value)
        for folder in ("stats", "analysis", "comparison", "trial")
        for path in sorted((SOURCE / folder).rglob("*.py"))
        for node in nodes(path)
        if isinstance(node, ast.Constant) and node.value in OF_THE_LEVEL
    ]
    assert found == []


def test_pages_and_screens_compute_nothing() -> None:
    """Shares, sums and logarithms are results; only layout counts here."""
    for path in modules("page", "screen"):
        for node in nodes(path):
            if isinstance(node, ast.BinOp):
                assert not isinstance(node.op, ast.Div | ast.Pow), (path, ast.unparse(node))
            if isinstance(node, ast.Import):
                names = {alias.name for alias in node.names}
                assert not names & {"math", "numpy", "statistics"}, path


UNITS = {
    "text/numbers.py": "rounds and changes units",
    "text/estimates.py": "the same for differences; compares signs",
}
"""Modules of the report that calculate, and why."""
FIGURES = ("figures", "numbers")
"""Mappings of results: what stands in them is a figure as well."""


def of_a_result(node: ast.expr) -> bool:
    """Whether an operand is a figure of a result: `run.counts.users`, `abs(row.mean or 0.0)`."""
    match node:
        case ast.Attribute():  # a constant with its unit is none
            return node.attr not in ("value", "us")
        case ast.Subscript():
            return getattr(node.value, "attr", getattr(node.value, "id", "")) in FIGURES
        case ast.UnaryOp():
            return of_a_result(node.operand)
        case ast.BoolOp():
            return any(map(of_a_result, node.values))
        case ast.Call(func=ast.Name(id="abs" | "float" | "int" | "max" | "min" | "sum")):
            return any(map(of_a_result, node.args))
    return False


def calculations(text: str) -> list[str]:
    return calculated(ast.walk(ast.parse(text)))


def calculated(every: Iterable[ast.AST]) -> list[str]:
    """Sums, differences, products and quotients of the figures of a result."""
    found = []
    for node in every:
        if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.BitOr):
            if of_a_result(node.left) or of_a_result(node.right):
                found.append(ast.unparse(node))
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "sum":
            found += [ast.unparse(node)] if any(map(of_a_result, node.args)) else []
    return found


def test_the_report_makes_no_figure_of_others() -> None:
    """What a reader could dispute is a field of the result, and so in JSON as well."""
    for path in modules("text", "page", "screen"):
        if str(path.relative_to(REPORT)) not in UNITS:
            assert calculated(nodes(path)) == [], path


def test_calculations_are_found() -> None:
    assert calculations("x = 1 - back.productive_share") == ["1 - back.productive_share"]
    assert calculations("(p.hit or 0) * n; f'{a.n + b.n}'") == ["(p.hit or 0) * n", "a.n + b.n"]
    assert calculations("-abs(row.high - row.low)") == ["row.high - row.low"]
    assert calculations("c.figures['seconds'] / 60") == ["c.figures['seconds'] / 60"]
    assert calculations("2 * CAP.value; 'a' + b; len(x) - 1") == []


def test_reports_dispatch_by_tables_and_not_by_chains() -> None:
    for path in modules("."):
        for node in nodes(path):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "isinstance":
                asked = {n.id for n in ast.walk(node.args[1]) if isinstance(n, ast.Name)}
                charts = {name for name in asked if name.endswith("Chart")}
                assert not asked & RESULTS | charts, (path, ast.unparse(node))


MAY_MATCH_TEXT = {
    "text/names.py": "masks what a page must not carry on",
    "text/numbers.py": "sets the space before a percent sign",
    "text/spaces.py": "ties a number to its unit",
    "render/html.py": "keeps a number and its unit on one line",
    "card/chart.py": "lets only a drawing of ours out of a page",
    "render/launch_summaries.py": "knows a seal of ours",
    "charts/drawing.py": "refuses what a picture has no need of",
    "page/evaluate/tables.py": "lets only numbers of ours into a chart",
}


def test_no_report_parses_a_sentence() -> None:
    reading = {
        str(path.relative_to(REPORT))
        for path in modules(".")
        for node in nodes(path)
        if isinstance(node, ast.Import) and "re" in {alias.name for alias in node.names}
    }
    assert reading == set(MAY_MATCH_TEXT)


MIRRORED = (
    "analysis",
    "api",
    "commands",
    "engines",
    "options",
    "output",
    "pipeline",
    "quality",
    "replay",
    "report",
    "results",
    "serving",
    "sources",
    "stats",
    "synthetic",
    "system",
    "textcheck",
    "trends",
    "comparison",
    "trial",
)
"""Folders whose modules have a test module of the same name, each."""
TESTED_ELSEWHERE = {
    "report/page/compare/page.py": "puts parts in order: tests/report/page/test_build.py",
    "report/page/evaluate/page.py": "puts parts in order: tests/report/page/test_build.py",
    "api/analyze.py": "generated: tests/options/test_pages.py, tests/api/test_call.py",
    "api/check_text.py": "hands arguments on: tests/commands/test_check_text.py",
    "api/compare.py": "generated: tests/options/test_pages.py, tests/api/test_call.py",
    "api/evaluate.py": "generated: tests/options/test_pages.py, tests/api/test_call.py",
    "api/share.py": "hands arguments on: tests/commands/test_share.py",
    "api/sql.py": "hands arguments on: tests/commands/test_sql.py",
    "api/verify.py": "hands arguments on: tests/commands/test_verify.py",
    "report/card/content.py": "a record: tests/report/card/test_picture.py",
    "api/events.py": "types only",
    "api/history.py": "hands arguments on: tests/commands/test_history.py",
    "api/mcp.py": "hands arguments on: tests/serving/test_command.py",
    "api/plan.py": "generated: tests/options/test_pages.py, tests/api/test_call.py",
    "api/public.py": "generated: tests/options/test_pages.py",
    "api/reports.py": "generated: tests/options/test_pages.py, tests/api/test_report.py",
    "commands/simulate.py": "tests/api/test_simulate.py, tests/cli/test_simulate.py",
    "engines/cluster.py": "a protocol: tests/engines/test_distributed.py",
    "engines/engine.py": "a protocol: tests/engines/test_local.py",
    "options/launch_options.py": "a table: tests/options/test_table.py",
    "options/log_options.py": "a table: tests/options/test_table.py",
    "options/report_options.py": "a table: tests/options/test_table.py",
    "options/run_options.py": "a table: tests/options/test_table.py",
    "options/sql_options.py": "a table: tests/options/test_table.py",
    "report/charts/chart.py": "what a chart has to have: tests/report/charts/test_svg.py",
    "report/page/analyze/trust.py": "puts parts together: tests/report/page/shared/test_data.py",
    "report/page/evaluate/sham.py": "tests/report/text/test_sham.py, test_launch_pages.py",
    "results/plan.py": "holds fields only",
    "results/primary_cap.py": "holds fields only",
    "sources/placeholders.py": "a list of ids: tests/quality/test_lost_rows.py",
    "sources/role_bits.py": "holds numbers only",
    "stats/interval.py": "holds a type only",
    "synthetic/parameters.py": "holds fields only: tests/synthetic/test_validation.py",
}
"""Modules without one, and what tests them."""


LONGEST, MEDIAN, LONGEST_QUERY = 300, 150, 80
"""Lines of a module, of half of the modules, and of a query at most."""


def lengths(folder: Path, pattern: str) -> dict[str, int]:
    """Lines of each file below a folder."""
    return {
        str(path.relative_to(folder)): len(path.read_text(encoding="utf-8").splitlines())
        for path in folder.rglob(pattern)
    }


def test_modules_and_queries_are_short() -> None:
    """What is longer wants to be two."""
    modules = lengths(SOURCE, "*.py")
    assert {name for name, n in modules.items() if n > LONGEST} == set()
    assert median(modules.values()) < MEDIAN
    queries = lengths(SOURCE.parents[1] / "queries", "*.sql")
    assert len(queries) > 50
    assert {name for name, n in queries.items() if n > LONGEST_QUERY} == set()


def test_every_module_has_a_test_module() -> None:
    tests = Path(__file__).parent
    without = {
        str(place)
        for folder in MIRRORED
        for path in (SOURCE / folder).rglob("*.py")
        if not path.name.startswith("__")
        for place in [path.relative_to(SOURCE)]
        if not (tests / place.parent / f"test_{path.name}").exists()
    }
    assert without - set(TESTED_ELSEWHERE) == set(), "write a test module, or say what tests it"
