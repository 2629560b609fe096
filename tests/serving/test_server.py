"""The server as a program meets it: through the SDK's own client."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest
from mcp import Client, StdioServerParameters

from resume_gap.errors import UsageError
from resume_gap.serving.server import server_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path


def talk(folder: Path, say: Callable[[Client], Awaitable[Any]]) -> Any:
    """What comes of a conversation within this process."""

    async def whole() -> Any:
        async with Client(server_of(folder)) as client:
            return await say(client)

    return asyncio.run(whole())


def test_there_are_four_tools_and_all_only_read(shared_folder: Path) -> None:
    tools = talk(shared_folder, lambda client: client.list_tools()).tools
    assert [one.name for one in tools] == [
        "analyze_files",
        "read_report",
        "explain_figure",
        "get_schema",
    ]
    for one in tools:
        assert one.annotations.read_only_hint is True
        assert one.annotations.destructive_hint is False
        assert one.annotations.open_world_hint is False
        assert one.description


def test_a_conversation_from_files_to_a_figure(shared_folder: Path) -> None:
    async def say(client: Client) -> Any:
        asked = {"files": ["log.parquet"], "options": {"gap": "6m"}}
        first = await client.call_tool("analyze_files", asked)
        report = first.structured_content["report"]
        asked = {"report": report, "figure": "reorientation.mean"}
        return first, await client.call_tool("explain_figure", asked)

    first, second = talk(shared_folder, say)
    assert not first.is_error
    assert first.structured_content["counts"]["users"] == 30
    explained = second.structured_content
    assert explained["ci_lower"] < explained["value"] < explained["ci_upper"]


@pytest.mark.parametrize(
    ("tool", "asked", "answer"),
    [
        ("analyze_files", {"files": ["../secret.csv"]}, "leads outside"),
        ("analyze_files", {"files": ["link.csv"]}, "passes a link"),
        ("analyze_files", {"files": ["log.parquet"], "options": {"show_ids": True}}, "refused"),
        ("read_report", {"report": "open"}, "shows ids"),
        ("explain_figure", {"report": "report", "figure": "users"}, "has no figure"),
        ("get_schema", {"name": "rows"}, "there is no schema"),
    ],
)
def test_a_refusal_is_an_answer_in_one_line(
    tool: str, asked: dict[str, Any], answer: str, shared_folder: Path
) -> None:
    found = talk(shared_folder, lambda client: client.call_tool(tool, asked))
    assert found.is_error
    (content,) = found.content
    assert answer in content.text
    assert "Traceback" not in content.text


def test_no_answer_shows_where_the_folder_lies(tmp_path: Path) -> None:
    (tmp_path / "broken.parquet").write_text("no table")
    asked = {"files": ["broken.parquet"]}
    found = talk(tmp_path, lambda client: client.call_tool("analyze_files", asked))
    assert found.is_error
    (content,) = found.content
    assert "broken.parquet" in content.text
    assert str(tmp_path) not in content.text


def test_it_speaks_over_standard_streams(shared_folder: Path) -> None:
    """The command itself: standard output is the protocol, and it ends when it is left."""
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "resume_gap", "mcp", str(shared_folder)],
        env=dict(os.environ),
    )

    async def whole() -> Any:
        async with Client(command) as client:
            read = await client.call_tool("read_report", {"report": "report"})
            asked = {"files": ["log.parquet"], "options": {"gap": "6m"}}
            return client.server_info, read, await client.call_tool("analyze_files", asked)

    info, read, analyzed = asyncio.run(whole())
    assert info.name == "resume-gap"
    assert read.structured_content["headline"] == analyzed.structured_content["headline"]


def test_without_the_extra_it_says_what_to_install(
    shared_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    with pytest.raises(UsageError, match=r"pip install 'resume-gap\[mcp\]'"):
        server_of(shared_folder)
