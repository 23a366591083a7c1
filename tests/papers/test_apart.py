"""Heavy work is done in a process that ends: what serves the pages does not grow with the papers it
gave out.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from campaign.papers import apart

DRAWS = """
import sys
from campaign.office.rules import PaperKind
from campaign.office.samples import SAMPLES
from campaign.papers.documents import draw_all, shipped
from campaign.papers.typesetting import pdf
made = draw_all([(shipped(kind.value), SAMPLES[kind], None) for kind in PaperKind])
pdf("sheets/ranking.typ", {"campaign": "Thử", "title": "BẢNG", "subtitle": "", "source": "",
                           "measure": "Tổng điểm", "rows": []})
print(len(made) == len(PaperKind), sorted({"docx", "docxtpl", "lxml", "typst"} & set(sys.modules)))
"""


def test_whoever_asks_for_papers_holds_nothing_of_what_makes_them():
    told = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", DRAWS], check=True, capture_output=True, text=True
    ).stdout
    assert told == "True []\n"


def test_what_runs_too_long_is_stopped():
    with pytest.raises(apart.TookTooLong):
        apart.run(Path(apart.__file__).with_name("typesetter.py"), b"", seconds=0)
