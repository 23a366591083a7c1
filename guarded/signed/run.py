"""Xem bản ký số trong vòng canh giữ: run by itself, it looks at one PDF, then is gone.

Standard input is a line of JSON, {"roots": [base64 of a certificate or of several]}, and the PDF
after it. Standard output is
    {"pages": …, "text": …, "signatures": […], "roots": how many certificates were taken as roots,
     "by": what looked, with its versions}
Exit code 3 with one Vietnamese sentence where the file is refused. Nothing is asked of a network.
"""

import base64
import json
import logging
import sys
from importlib.metadata import version

from guarded.process import bind, end_refused
from guarded.refusals import Refused
from guarded.signed.roots import certificates
from guarded.signed.signatures import signatures_of
from guarded.signed.words import words_of

CPU_SECONDS = 40
TOO_COMPLEX = "Tệp PDF quá phức tạp nên không đọc được."
BY = f"pyHanko {version('pyhanko')}, pypdf {version('pypdf')}"


def main() -> int:
    """Bind this process first, then look."""
    logging.disable(logging.CRITICAL)
    head, _, document = sys.stdin.buffer.read().partition(b"\n")
    bind(cpu_seconds=CPU_SECONDS)
    try:
        roots = certificates([base64.b64decode(root) for root in json.loads(head)["roots"]])
        pages, text = words_of(document)
        signatures = signatures_of(document, roots)
    except Refused as refusal:
        return end_refused(str(refusal))
    except (MemoryError, RecursionError):
        return end_refused(TOO_COMPLEX)
    told = {
        "pages": pages,
        "text": text,
        "signatures": signatures,
        "roots": len(roots),
        "by": BY,
    }
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=True).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
