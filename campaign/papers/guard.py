"""Lập văn bản trong vòng canh giữ: `python -m campaign.papers.guard` draws one paper, then is gone.

Reads {"template": base64, "content": …} from standard input and writes the .docx to standard output; exit code 1
with one Vietnamese sentence where the template cannot be drawn.
"""

import base64
import json
import re
import resource
import sys

CPU_SECONDS = 5
MEMORY = 1024 * 1024 * 1024


def main() -> int:
    """Bind this process first, then draw."""
    from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError  # noqa: PLC0415 - imported before the limits bite
    from jinja2.exceptions import SecurityError  # noqa: PLC0415

    from campaign.papers.documents import draw  # noqa: PLC0415

    given = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        made = draw(base64.b64decode(given["template"]), given["content"])
    except UndefinedError as error:
        name = re.search(r"attribute '(\w+)'|'(\w+)' is undefined", str(error))
        return _fail(f"Không có trường “{name[1] or name[2]}”." if name else "Mẫu dùng một trường không có.")
    except SecurityError:
        return _fail("Mẫu gọi tới thứ không được phép.")
    except TemplateSyntaxError:
        return _fail("Có thẻ trong mẫu viết chưa đúng.")
    except (TemplateError, TypeError, ValueError, KeyError, AttributeError, OverflowError):
        return _fail("Mẫu không lập được văn bản: một thẻ dùng sai loại giá trị.")
    except MemoryError:
        return _fail("Mẫu dùng quá nhiều bộ nhớ nên bị dừng.")
    sys.stdout.buffer.write(made)
    return 0


def _fail(sentence: str) -> int:
    sys.stderr.write(sentence)
    return 1


if __name__ == "__main__":
    sys.exit(main())
