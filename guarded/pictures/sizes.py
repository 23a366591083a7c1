"""Cỡ ảnh: how wide and high a picture says it is, before anything of it is unpacked; pure."""

from guarded.refusals import Refused, refuse

MOST_PIXELS = 40_000_000
NO_PICTURE = "Chỉ nhận ảnh PNG, JPEG, WebP; tệp này không đúng định dạng hoặc bị hỏng."
TOO_LARGE = "Ảnh có quá nhiều điểm ảnh (trên 40 triệu). Hãy thu nhỏ rồi gửi lại."
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})


def demand_size(content: bytes) -> tuple[str, int, int]:
    """Đuôi tệp, rộng, cao; refused where it is no picture, or one too large."""
    for extension, begins, measure in (
        ("png", content.startswith(b"\x89PNG\r\n\x1a\n"), _of_png),
        ("jpg", content.startswith(b"\xff\xd8"), _of_jpeg),
        ("webp", content[:4] == b"RIFF" and content[8:12] == b"WEBP", _of_webp),
    ):
        if begins:
            width, height = measure(content)
            if width * height > MOST_PIXELS:
                refuse(TOO_LARGE)
            if width and height:
                return extension, width, height
    raise Refused(NO_PICTURE)


def _of_png(content: bytes) -> tuple[int, int]:
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _of_jpeg(content: bytes) -> tuple[int, int]:
    """The first frame of the file; what stands before it is passed over by its length."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004 - a marker begins so
        marker = content[at + 1]
        if marker in _FRAMES:
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(
                content[at + 5 : at + 7]
            )
        at += (
            1
            if marker == 0xFF  # noqa: PLR2004 - a filling
            else 2
            if marker in _ALONE
            else 2 + int.from_bytes(content[at + 2 : at + 4])
        )
    return 0, 0


def _of_webp(content: bytes) -> tuple[int, int]:
    kind, body = content[12:16], content[20:30]
    if kind == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        return (
            int.from_bytes(body[6:8], "little") & 0x3FFF,
            int.from_bytes(body[8:10], "little") & 0x3FFF,
        )
    return 0, 0
