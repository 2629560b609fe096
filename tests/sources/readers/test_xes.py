"""XES as a stream; what an untrusted file may do is bounded."""

import gzip

import pytest
from factories.source_files import message, read

LOG = (
    '<log xmlns="http://www.xes-standard.org/"><trace><string key="concept:name" value="c"/>'
    '<event><string key="concept:name" value="edit"/><string key="org:resource" value="u"/>'
    '<date key="time:timestamp" value="2026-03-02T08:00:00Z"/>'
    '<list key="l"><string key="inner" value="x"/></list></event></trace></log>'
)


def written(folder, text, name="log.xes"):
    path = folder / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
    return str(path)


@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz"])
def test_events_have_their_trace(tmp_path, name):
    source, _, rows = read(written(tmp_path, LOG, name), "user_id, event, task")
    assert rows == [{"user_id": "u", "event": "edit", "task": "c"}]
    assert "inner" not in source.columns_found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('<!DOCTYPE log [<!ENTITY a "aaaa">]>' + LOG, "document type"),
        ('<!DOCTYPE log SYSTEM "file:///etc/hostname">' + LOG, "document type"),
        ("<log>" + "<list>" * 1000, "nested deeper"),
        (LOG.replace('value="u"', f'value="{"u" * 1_000_001}"'), "longer than any"),
        (LOG[:150], "can be read"),
        ("no XML", "can be read"),
        ("<log></log>", "no rows"),
    ],
)
def test_what_no_log_has_is_refused(tmp_path, text, says):
    line = message([written(tmp_path, text)])
    assert "log.xes" in line
    assert says in line
