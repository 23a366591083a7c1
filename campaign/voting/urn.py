"""Hòm phiếu: how a paper goes into the sealed urn, and how the urn is opened once.

What is kept of the papers is only, line by line, how many say yes, no or nothing, and the receipt
codes in the order of the alphabet: the urn itself does not know which marks stood on one paper, nor
which code belongs to it. It is sealed anew with every paper, each time with a new key that lies
outside the database, so that no earlier state of it, in a write-ahead log, in a dead row or in a
backup of the database, can ever be read again.
"""

import json
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import TYPE_CHECKING

from campaign.core.errors import refuse
from campaign.voting import keys
from campaign.voting.rules import Choice

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_PAD = 4096


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
        tally = self.tallies.get(line_id, Counter())
        return [choice for choice in Choice for _ in range(tally[choice])]


def _fernet() -> ModuleType:
    """The library that seals, loaded with the first urn: 8 MiB, and most workers see none."""
    from cryptography import fernet  # noqa: PLC0415 - the reason stands above

    return fernet


def _box(key_name: str) -> "Fernet":
    try:
        box: Fernet = _fernet().Fernet(keys.read(key_name))
    except (OSError, ValueError):
        refuse(
            "Máy này không có khoá của hòm phiếu này. Hãy báo quản trị hệ thống; khoá không còn ở "
            "máy nào thì huỷ lượt bỏ phiếu và bỏ phiếu lại."
        )
    return box


def seal(ballot_id: int, papers: Papers) -> tuple[str, bytes]:
    """Niêm phong bằng một khoá mới: the name of the key, and the urn, of the same length for few
    papers and for many, up to what one page holds.
    """
    content = json.dumps(
        {
            "tallies": {
                str(line): {choice.value: row[choice] for choice in Choice}
                for line, row in sorted(papers.tallies.items())
            },
            "receipts": papers.receipts,
        }
    ).encode()
    key_name = keys.keep(ballot_id, _fernet().Fernet.generate_key())
    return key_name, _box(key_name).encrypt(content + b" " * (-len(content) % _PAD))


def unseal(key_name: str, sealed: bytes) -> Papers:
    """Mở hòm phiếu."""
    try:
        content = json.loads(_box(key_name).decrypt(sealed))
    except _fernet().InvalidToken:
        refuse("Hòm phiếu không mở được bằng khoá đang có; hãy huỷ lượt bỏ phiếu và bỏ phiếu lại.")
    return Papers(
        {
            int(line): Counter({Choice(choice): number for choice, number in row.items()})
            for line, row in content["tallies"].items()
        },
        list(content["receipts"]),
    )
