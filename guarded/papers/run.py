"""Xem xét mẫu và lập văn bản trong vòng canh giữ: this file is run by itself, does one job, then is
gone.

Standard input is one of
    {"act": "draw", "templates": {name: base64},
     "papers": [{"template": name, "content": …, "properties": … or null}]}
    {"act": "examine", "template": base64, "sample": …, "shipped": base64 or null}
Standard output is the .docx of each paper as base64, in one list, or
    {"faults": [[place, sentence]], "lacking": [[field, place]]}
Exit code 3 with one Vietnamese sentence where a template is refused.
"""

import base64
import json
import sys
from typing import Any

from guarded.papers import drawing, examining
from guarded.papers.tags import Fault
from guarded.process import bind, end_refused
from guarded.refusals import Refused

CPU_SECONDS = 5


def main() -> int:
    """Bind this process first, then look and draw."""
    given = json.loads(sys.stdin.buffer.read())
    seconds = CPU_SECONDS + len(given.get("papers", ())) // 2
    bind(cpu_seconds=seconds)
    try:
        made = _draw(given) if given["act"] == "draw" else _examine(given)
    except drawing.Undrawn as undrawn:
        return end_refused(_sentence(Fault(undrawn.place, str(undrawn))))
    except Refused as refusal:
        return end_refused(str(refusal))
    except MemoryError:
        return end_refused("Mẫu dùng quá nhiều bộ nhớ nên bị dừng.")
    sys.stdout.buffer.write(json.dumps(made, ensure_ascii=True).encode())
    return 0


def _draw(given: dict[str, Any]) -> list[str]:
    made, last = [], ""
    for asked in given["papers"]:
        if asked["template"] != last:  # those of one template stand together
            last = asked["template"]
            package = drawing.prepared(base64.b64decode(given["templates"][last]))
            faults = drawing.faults_of(package)
            if faults:
                raise Refused(_sentence(faults[0]))
        made.append(drawing.paper(package.fresh(), asked["content"], asked["properties"]))
    return [base64.b64encode(paper).decode() for paper in made]


def _sentence(fault: Fault) -> str:
    return f"{fault.sentence} Ở đoạn: “{fault.place[:160]}”" if fault.place else fault.sentence


def _examine(given: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    template, sample = base64.b64decode(given["template"]), given["sample"]
    lacking: list[tuple[str, str]] = []
    faults = examining.read_faults(template, sample) or examining.trial_faults(template, sample)
    if given["shipped"] and not faults:
        lacking = examining.lacking(template, base64.b64decode(given["shipped"]), sample)
    return {"faults": [(fault.place, fault.sentence) for fault in faults], "lacking": lacking}


if __name__ == "__main__":
    sys.exit(main())
