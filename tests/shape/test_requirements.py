"""What is installed is what was pinned, to the byte."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bootstrap

ROOT = Path(__file__).parents[2]
FILES = ("requirements.txt", "requirements-dev.txt")


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_with_its_hashes(name):
    text = (ROOT / name).read_text(encoding="ascii").replace("\\\n", " ")
    pins = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert [
        pin.split()[0]
        for pin in pins
        if not re.match(r"[\w.-]+(\[\w+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}", pin)
    ] == []
    asked = [
        line.split("[")[0].strip()
        for line in (ROOT / name.replace(".txt", ".in")).read_text("ascii").splitlines()
        if line.strip() and line[0] not in "#-"
    ]
    assert set(asked) <= {re.split(r"[=\[]", pin)[0] for pin in pins}


def test_packages_are_installed_with_their_hashes_alone(tmp_path, monkeypatch):
    commands = []

    def run(command, **_options):
        commands.append(command)
        return subprocess.CompletedProcess(command, 0)

    (tmp_path / "requirements.txt").write_text("x", encoding="ascii")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "python", lambda: tmp_path)
    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", "requirements.txt"])
    bootstrap.main()
    assert [("--require-hashes" in command, command[-1]) for command in commands] == [
        (True, str(tmp_path / "requirements.txt"))
    ]
