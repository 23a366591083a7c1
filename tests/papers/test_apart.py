"""Heavy work is done in a process that ends: what serves the pages does not grow with the papers it
gave out.
"""

import json
import os
from pathlib import Path

import pytest

from campaign.papers import apart
from campaign.papers.documents import shipped
from tests import guards

DRAWS = """
import sys
from campaign.office.rules import PaperKind
from campaign.office.samples import SAMPLES
from campaign.papers.documents import draw_all, shipped
from campaign.papers.typesetting import pdf
from campaign.papers.signatures import looked_through
made = draw_all([(shipped(kind.value), SAMPLES[kind], None) for kind in PaperKind])
sheet = pdf("sheets/ranking.typ", {"campaign": "Thử", "title": "BẢNG", "subtitle": "", "source": "",
                           "measure": "Tổng điểm", "rows": [], "pictures": []})
seen = looked_through(sheet, [])
print(len(made) == len(PaperKind), seen.pages)
makers = {"asn1crypto", "docx", "docxtpl", "lxml", "pyhanko", "pypdf", "typst"}
print(sorted(makers & set(sys.modules)))
"""


def test_whoever_asks_for_papers_holds_nothing_of_what_makes_them(ready):
    done = ready.do(b"", 300, dict(os.environ), ["-c", DRAWS])
    assert (done.returncode, done.stdout) == (0, b"True 1\n[]\n"), done.stderr


@pytest.fixture(params=["anew", "ready"])
def run(request):
    """A process that begins for the job, as for people, or one that was ready, as for tests."""
    return guards.BEGINS_ANEW if request.param == "anew" else apart.run


def test_what_runs_too_long_is_stopped(run):
    with pytest.raises(apart.TookTooLong):
        run(Path(apart.__file__).with_name("typesetter.py"), b"", seconds=0)


def test_a_process_answers_refuses_or_breaks_however_it_began(run):
    environment = {"PYTHONPATH": str(guards.ROOT)}

    def told(script, given):
        done = run(guards.ROOT / script, given, seconds=90, environment=environment)
        return done.returncode, done.stdout, done.stderr.decode().splitlines()[-1:]

    assert told("campaign/files/looker.py", shipped("decision")) == (0, b"word", [])
    broken = "Tệp Word hoặc Excel này bị hỏng, không mở được."
    assert told("campaign/files/looker.py", b"PK") == (3, b"", [broken])
    text = "guarded/spreadsheets/run_text.py"
    assert json.loads(told(text, "Đơn vị;Điểm\n".encode())[1])["sheets"][0]["rows"] == [
        ["Đơn vị", "Điểm"]
    ]
    lacking = (1, b"", ["KeyError: 'act'"])
    assert told("guarded/papers/run.py", b"{}") == lacking
