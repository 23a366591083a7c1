"""Những gì không ai được thấy: traces, paths and the words of a machine, in pages, files and
commands.
"""

import re

_LEAK = re.compile(
    r"Traceback|File \"|\bline \d+, in |\.py\b|\[Errno|site-packages"
    r"|sqlite3|psycopg|sqlalchemy|werkzeug"
    r"|(?:^|[\s\"'(«“:])/(?:tmp|work|home|usr|srv|var|dev|root|opt|etc)/\w"
    r"|\b(?!Network)[A-Z][A-Za-z]+(?:Error|Exception|Warning)\b"
    r"|No such file|Permission denied|Is a directory|No space left|not a zip"
    r"|Bad magic|corrupt|invalid literal"
    r"|Internal Server Error|Not Found|Bad Request|Method Not Allowed"
    r"|Usage:|Error:|Aborted|Invalid value|Missing (?:option|argument)"
)


def leaks(text: str) -> list[str]:
    """What of it should not be seen, with what stands around it."""
    return [text[max(match.start() - 60, 0) : match.end() + 60] for match in _LEAK.finditer(text)]
