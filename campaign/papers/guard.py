"""Lập văn bản trong vòng canh giữ: this file is run by itself, draws the papers it is given, then is gone.

Standard input is {"templates": {name: base64}, "papers": [{"template": name, "content": …,
"properties": … or null}]}; standard output the .docx of each paper as base64, in one list. Exit code 1
with one Vietnamese sentence where a template cannot be drawn.
"""

import base64
import io
import json
import re
import resource
import sys
import zipfile
from datetime import datetime
from typing import Any

CPU_SECONDS = 5
MEMORY = 1024 * 1024 * 1024
_HAIR = 36_000
"""A millimetre, in the unit Word measures widths with."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def main() -> int:
    """Bind this process first, then draw."""
    import docxtpl  # noqa: F401, PLC0415 - imported before the limits bite
    from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError  # noqa: PLC0415
    from jinja2.exceptions import SecurityError  # noqa: PLC0415

    given = json.loads(sys.stdin.buffer.read())
    seconds = CPU_SECONDS + len(given["papers"]) - 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        templates = {name: base64.b64decode(content) for name, content in given["templates"].items()}
        made = [
            _draw(templates[one["template"]], one["content"], one["properties"])
            for one in given["papers"]
        ]
    except UndefinedError as error:
        name = re.search(r"attribute '(\w+)'|'(\w+)' is undefined", str(error))
        return _fail(
            f"Không có trường “{name[1] or name[2]}”." if name else "Mẫu dùng một trường không có."
        )
    except SecurityError:
        return _fail("Mẫu gọi tới thứ không được phép.")
    except TemplateSyntaxError:
        return _fail("Có thẻ trong mẫu viết chưa đúng.")
    except (TemplateError, TypeError, ValueError, KeyError, AttributeError, OverflowError):
        return _fail("Mẫu không lập được văn bản: một thẻ dùng sai loại giá trị.")
    except MemoryError:
        return _fail("Mẫu dùng quá nhiều bộ nhớ nên bị dừng.")
    sys.stdout.buffer.write(
        json.dumps([base64.b64encode(paper).decode() for paper in made]).encode()
    )
    return 0


def _draw(template: bytes, content: dict[str, Any], properties: dict[str, str] | None) -> bytes:
    from docxtpl import DocxTemplate  # noqa: PLC0415 - as above
    from jinja2 import StrictUndefined  # noqa: PLC0415
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415

    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    environment.globals.clear()
    document = DocxTemplate(io.BytesIO(template))
    document.render(content, jinja_env=environment, autoescape=True)
    _settle_columns(document)
    if properties is not None:
        _name(document.core_properties, properties)
    made = io.BytesIO()
    document.save(made)
    return _settled(made.getvalue())


def _settle_columns(document: Any) -> None:
    """Columns drawn from a list: each as wide as its cells say, and all within the page."""
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        cells = table.rows[0].cells if table.rows else ()
        widths = [cell.width or 0 for cell in cells]
        if not all(widths) or all(abs((column.width or 0) - width) < _HAIR
                                  for column, width in zip(table.columns, widths, strict=False)):
            continue
        share = min(1, room / sum(widths))
        for column, width in zip(table.columns, widths, strict=False):
            column.width = int(width * share)
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=False):
                cell.width = int(width * share)


def _name(core: Any, properties: dict[str, str]) -> None:
    """What the file says of itself: not who made the template, when, or with which library."""
    core.title, core.subject, core.keywords, core.comments = properties["title"][:255], "", "", ""
    core.author = core.last_modified_by = properties["author"][:255]
    core.created = core.modified = datetime.fromisoformat(properties["created"]).replace(
        tzinfo=None
    )
    core.revision, core.language = 1, "vi-VN"


def _settled(package: bytes) -> bytes:
    """The parts in order, without the clock of the machine that packed them: the same paper is the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return made.getvalue()


def _fail(sentence: str) -> int:
    sys.stderr.write(sentence)
    return 1


if __name__ == "__main__":
    sys.exit(main())
