"""The documentation: it builds without a network and a warning, its links lead somewhere, its
examples run.

Building needs the extra `docs`; in CI, where RESUME_GAP_NEED_SITE is set, a skip is a failure.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

import polars as pl
import pytest
from factories.command_line import call

from benchmarks.python_page import INTERRUPTIONS, USERS
from resume_gap.report.render.tables import INTERRUPTION_COLUMNS, USER_COLUMNS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
NEEDED = os.environ.get("RESUME_GAP_NEED_SITE")
NOWHERE = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
"""No network: what asks for one gets an error at once."""
EXAMPLES = ["tutorial.md", *sorted(str(p.relative_to(DOCS)) for p in DOCS.glob("how-to/*.md"))]
LAYOUTS = ROOT / "tests" / "sources" / "layouts"


class Page(HTMLParser):
    """Links, anchors and what a page loads."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.loaded: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.anchors |= {value for name in ("id", "name") if (value := found.get(name))}
        if tag in ("a", "link") and found.get("href"):
            self.links.append(found["href"] or "")
        if tag in ("script", "img", "iframe") and found.get("src"):
            self.loaded.append(found["src"] or "")
        if tag == "link" and found.get("rel") in ("stylesheet", "preload"):
            self.loaded.append(found.get("href") or "")


@pytest.mark.full
@pytest.mark.parametrize("builder", ["zensical", "mkdocs"])
def test_it_builds_and_no_link_is_broken(builder: str, tmp_path: Path) -> None:
    if find_spec(builder) is None and not NEEDED:
        pytest.skip(f"{builder}: the extra `docs` is not installed")
    shutil.copytree(DOCS, tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", builder, "build", "--strict"],
        cwd=tmp_path,
        env=os.environ
        | NOWHERE
        | {"NO_MKDOCS_2_WARNING": "true", "DISABLE_MKDOCS_2_WARNING": "true"},
        capture_output=True,
        check=False,
        timeout=300,
    )
    printed = (done.stdout + done.stderr).decode()
    assert done.returncode == 0, printed
    assert not re.search(r"\b(warning|error)\b", printed, re.IGNORECASE), printed
    pages = {path: Page(path) for path in (tmp_path / "site").rglob("*.html")}
    assert len(pages) > 25
    broken = [
        f"{path.name}: {link}"
        for path, page in pages.items()
        if path.name != "404.html"
        for link in (*page.links, *page.loaded)
        if not leads_somewhere(link, path, pages)
    ]
    assert broken == []
    outside = {one for page in pages.values() for one in page.loaded if "//" in one}
    assert outside == set(), "a page loads something from a network"


def leads_somewhere(link: str, path: Path, pages: dict[Path, Page]) -> bool:
    if re.match(r"[a-z]+:|//", link):
        return True
    place, _, anchor = link.partition("#")
    target = (path.parent / unquote(place)).resolve() if place else path
    if target.is_dir():
        target /= "index.html"
    if not target.exists():
        return False
    return not anchor or target not in pages or unquote(anchor) in pages[target].anchors


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_files_that_a_page_links_to_are_there(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in link:
            assert (page.parent / link).exists(), link


def test_the_list_for_programs_names_every_page() -> None:
    text = (DOCS / "llms.txt").read_text(encoding="utf-8")
    pages = {str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md")}
    assert set(re.findall(r"\]\(([^)]+)\)", text)) == pages


def test_every_column_of_the_tables_is_explained() -> None:
    assert list(INTERRUPTIONS) == list(INTERRUPTION_COLUMNS)
    assert list(USERS) == list(USER_COLUMNS)


def blocks(page: str) -> list[tuple[str, str]]:
    """The fenced blocks of a page: what stands behind the fence, and the text."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(r"^```([^\n]+)\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with samples and exports, as the pages assume."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "sample_events").symlink_to(ROOT / "sample_events")
    exports = folder / "exports"
    for name in ("segment.jsonl", "posthog.jsonl", "snowplow.tsv"):
        (exports / Path(name).stem).mkdir(parents=True)
        shutil.copy(LAYOUTS / name, exports / Path(name).stem / name)
    log = pl.read_parquet(ROOT / "sample_events" / "workday.parquet")
    log = log.filter(pl.col("user_id").is_in(log["user_id"].unique().sort().head(60)))
    middle = pl.datetime(2025, 3, 10, time_zone="UTC")
    log.filter(pl.col("timestamp") < middle).write_parquet(exports / "week1.parquet")
    log.filter(pl.col("timestamp") >= middle).write_parquet(exports / "week2.parquet")
    names = {"user_id": "member", "timestamp": "done_at", "event": "action", "target": "item"}
    log.select(*names).rename(names).write_parquet(exports / "warehouse.parquet")
    (exports / "users").mkdir()
    for number, part in enumerate(log.select(*names).partition_by("user_id")[:40]):
        part.write_parquet(exports / "users" / f"part-{number:05}.parquet")
    return folder


@pytest.mark.full
@pytest.mark.usefixtures("few_draws", "undrawn")
@pytest.mark.parametrize("page", EXAMPLES)
def test_the_examples_run(page: str, place: Path) -> None:
    """Blocks of `sh` and `python` run in the order of the page; `text` below is what they print."""
    (place / "resume-gap.toml").unlink(missing_ok=True)
    printed, ran = "", False
    for kind, block in blocks(page):
        name, _, more = kind.partition(" ")
        ran |= name in ("sh", "python")
        if name == "sh":
            expected = int(more.removeprefix("fails=") or 0)
            for line in block.replace("\\\n", " ").strip().splitlines():
                printed = run_line(line, place, expected)
        elif name == "python":
            printed = run_python(block, place)
        elif name == "text":
            assert block == printed, page
    assert ran, page


def run_line(line: str, place: Path, expected: int) -> str:
    command, *arguments = shlex.split(line)
    assert command == "resume-gap", line
    done = call(*arguments, cwd=place)
    assert done.returncode == expected, (line, done.stderr.decode())
    assert b"was replaced" not in done.stderr, "a report that the page still reads is gone"
    return done.stdout.decode()


def run_python(block: str, place: Path) -> str:
    written = io.StringIO()
    with contextlib.redirect_stdout(written), contextlib.chdir(place):
        exec(compile(block, "example", "exec"), {})  # noqa: S102
    return written.getvalue()
