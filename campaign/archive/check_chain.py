"""Kiểm tra chuỗi nhật ký: run `python3 check_chain.py audit.jsonl`; needs nothing but Python, no
Ngọn Cờ.

Every entry carries the hash of the one before it. Entries of other campaigns, and those that tell
who came to a
secret ballot, are given by their hashes only: their place in the chain can be checked, their
content not.
"""

import hashlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path

FIELDS = ("number", "at", "actor_id", "actor", "act", "campaign_id", "changes")


def first_bad(lines: Iterable[str]) -> int | None:
    """The number of the first entry that does not fit, or None."""
    previous, expected = "0" * 64, 1
    for line in lines:
        entry = json.loads(line)
        if entry["number"] != expected or entry["previous_hash"] != previous:
            return expected
        if "changes" in entry:
            text = json.dumps(
                [previous, *(entry[name] for name in FIELDS)],
                ensure_ascii=False,
                separators=(",", ":"),
            )
            if hashlib.sha256(text.encode()).hexdigest() != entry["hash"]:
                return expected
        previous, expected = entry["hash"], expected + 1
    return None


if __name__ == "__main__":
    with Path(sys.argv[1]).open(encoding="utf-8") as chain:
        bad = first_bad(chain)
    sys.stdout.write(
        "Chuỗi nhật ký nguyên vẹn.\n" if bad is None else f"Chuỗi nhật ký sai ở dòng {bad}.\n"
    )
    sys.exit(bad is not None)
