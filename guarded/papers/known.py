"""Danh sách đóng: what a paper may have in it, what is left out, and what the rest is called."""

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN = f"{_WORD}document.main+xml"
HEADER, FOOTER = f"{_WORD}header+xml", f"{_WORD}footer+xml"
FOOTNOTES, ENDNOTES = f"{_WORD}footnotes+xml", f"{_WORD}endnotes+xml"
STORIES = (MAIN, HEADER, FOOTER, FOOTNOTES, ENDNOTES)
"""Các phần có chữ của văn bản, which are filled in."""
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
KEPT_TYPES = frozenset(
    {
        *STORIES,
        RELATIONS,
        *(
            f"{_WORD}{name}+xml"
            for name in ("styles", "settings", "webSettings", "fontTable", "numbering")
        ),
        "application/vnd.ms-word.stylesWithEffects+xml",
        "application/vnd.openxmlformats-officedocument.theme+xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
    }
)
PICTURES = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/jpg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/bmp": (b"BM",),
    "image/tiff": (b"II*\0", b"MM\0*"),
}
"""Hình: by type, with how such a file begins."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
_MS = "http://schemas.microsoft.com/office/"
KEPT_RELATIONS = frozenset(
    {
        *(
            f"{_OFFICE}{name}"
            for name in (
                "officeDocument",
                "extended-properties",
                "custom-properties",
                "styles",
                "settings",
                "webSettings",
                "fontTable",
                "theme",
                "numbering",
                "header",
                "footer",
                "footnotes",
                "endnotes",
                "image",
            )
        ),
        f"{_PACKAGE}core-properties",
        f"{_MS}2007/relationships/stylesWithEffects",
    }
)
DROPPED_RELATIONS = frozenset(
    {
        f"{_PACKAGE}thumbnail",
        f"{_OFFICE}comments",
        f"{_OFFICE}customXml",
        f"{_OFFICE}customXmlProps",
        f"{_OFFICE}glossaryDocument",
        f"{_OFFICE}printerSettings",
        f"{_MS}2011/relationships/commentsExtended",
        f"{_MS}2016/09/relationships/commentsIds",
        f"{_MS}2018/08/relationships/commentsExtensible",
        f"{_MS}2011/relationships/people",
    }
)
"""Phần không vào văn bản: remarks, thumbnails, kept texts, the data behind content controls."""
NAMED_RELATIONS = {
    "attachedTemplate": "mẫu gốc (attachedTemplate)",
    "hyperlink": "liên kết (hyperlink)",
    "image": "hình",
    "aFChunk": "tài liệu nhúng (altChunk)",
    "oleObject": "đối tượng nhúng (OLE)",
    "package": "đối tượng nhúng (OLE)",
    "control": "nút điều khiển (ActiveX)",
    "vbaProject": "macro",
    "subDocument": "tài liệu con",
    "frame": "khung",
    "chart": "biểu đồ",
    "diagramData": "sơ đồ SmartArt",
    "font": "phông chữ nhúng",
    "video": "video",
    "audio": "âm thanh",
    "mailMergeSource": "nguồn trộn thư",
    "transform": "phép chuyển XSLT",
}
NAMED_ELEMENTS = {
    "object": "đối tượng nhúng (OLE)",
    "OLEObject": "đối tượng nhúng (OLE)",
    "control": "nút điều khiển (ActiveX)",
    "altChunk": "tài liệu nhúng (altChunk)",
    "subDoc": "tài liệu con",
    "frameset": "khung (frameset)",
    "attachedTemplate": "mẫu gốc (attachedTemplate)",
    "mailMerge": "nguồn trộn thư (mail merge)",
    "saveThroughXslt": "phép chuyển XSLT",
    "movie": "video",
    "sourceFileName": "khung (frameset)",
    "dataSource": "nguồn dữ liệu",
    "webVideoPr": "video",
    "script": "mã lệnh",
    "scriptAnchor": "mã lệnh",
}
ADDRESSES = frozenset({"src", "href", "althref", "link"})
SCHEMA = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
