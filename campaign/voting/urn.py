"""Hòm phiếu: how a paper goes into the sealed urn, and how the urn is opened once.

What is kept of the papers is only, line by line, how many say yes, no or nothing, and the receipt codes in the order of
the alphabet: the urn itself does not know which marks stood on one paper, nor which code belongs to it. It is encrypted
with a key that lies outside the database and is destroyed once the papers are counted, so that old copies of the urn, in
a write-ahead log, in a dead row or in a backup of the database, can never be read again.
"""

import json
import os
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from flask import current_app

from campaign.core.errors import RuleViolation
from campaign.voting.rules import Choice

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_PAD = 4096


class UrnLost(RuleViolation):
    """Hòm phiếu không mở được: its key or its content is gone."""


@dataclass
class Papers:
    """Các phiếu trong hòm: line → choice → how many, and the receipts."""

    tallies: dict[int, Counter[Choice]] = field(default_factory=dict)
    receipts: list[str] = field(default_factory=list)

    def add(self, paper: Mapping[int, Choice]) -> str:
        """Bỏ một phiếu; gives its receipt code."""
        for line_id, choice in paper.items():
            self.tallies.setdefault(line_id, Counter())[choice] += 1
        code = "".join(secrets.choice(_ALPHABET) for _ in range(10))
        self.receipts = sorted([*self.receipts, code])
        return code

    def choices(self, line_id: int) -> list[Choice]:
        """Lựa chọn trên một dòng, in the order of the choices and no other."""
        return [choice for choice in Choice for _ in range(self.tallies.get(line_id, Counter())[choice])]


def _fernet() -> ModuleType:
    """The library that seals, loaded when the first urn is: it takes 8 MiB, and most workers never see an urn."""
    from cryptography import fernet  # noqa: PLC0415 - the reason stands above

    return fernet


def _key_file(ballot_id: int) -> Path:
    return Path(current_app.config["BALLOT_KEYS"]) / f"ballot-{ballot_id}.key"


def make_key(ballot_id: int) -> None:
    """Tạo khoá hòm phiếu: on disk for good before the first paper can be cast."""
    path = _key_file(ballot_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        target.write(_fernet().Fernet.generate_key())
        target.flush()
        os.fsync(target.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def destroy_key(ballot_id: int) -> None:
    """Huỷ khoá: overwritten, then removed; from here on no copy of the urn can be opened."""
    path = _key_file(ballot_id)
    if not path.exists():
        return
    with path.open("r+b") as target:
        target.write(secrets.token_bytes(path.stat().st_size))
        target.flush()
        os.fsync(target.fileno())
    path.unlink(missing_ok=True)


def kept_keys() -> list[int]:
    """Các lượt còn khoá trên đĩa."""
    folder = Path(current_app.config["BALLOT_KEYS"])
    return [int(path.stem.removeprefix("ballot-")) for path in folder.glob("ballot-*.key")]


def _box(ballot_id: int) -> "Fernet":
    try:
        box: Fernet = _fernet().Fernet(_key_file(ballot_id).read_bytes())
    except (OSError, ValueError) as error:
        message = "Không còn khoá của hòm phiếu này; hãy huỷ lượt bỏ phiếu và bỏ phiếu lại."
        raise UrnLost(message) from error
    return box


def seal(ballot_id: int, papers: Papers) -> bytes:
    """Niêm phong: the same length for few papers and for many, up to what one page holds."""
    content = json.dumps({"tallies": {str(line): {choice.value: row[choice] for choice in Choice}
                                      for line, row in sorted(papers.tallies.items())},
                          "receipts": papers.receipts}).encode()
    return _box(ballot_id).encrypt(content + b" " * (-len(content) % _PAD))


def unseal(ballot_id: int, sealed: bytes) -> Papers:
    """Mở hòm phiếu."""
    try:
        content = json.loads(_box(ballot_id).decrypt(sealed))
    except _fernet().InvalidToken as error:
        message = "Hòm phiếu không mở được bằng khoá đang có; hãy huỷ lượt bỏ phiếu và bỏ phiếu lại."
        raise UrnLost(message) from error
    return Papers({int(line): Counter({Choice(choice): number for choice, number in row.items()})
                   for line, row in content["tallies"].items()}, list(content["receipts"]))
