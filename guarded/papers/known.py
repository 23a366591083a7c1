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
FONT = f"{_OFFICE}font"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships/"
_PACKAGE = f"{_PACKAGE_RELATIONS}metadata/"
_WPS = "http://www.wps.cn/officeDocument/2018/"
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
OTHERWISE_NAMED = {
    "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/"
    "core-properties": f"{_PACKAGE}core-properties",
}
"""Quan hệ mà chương trình khác gọi khác: LibreOffice writes the properties of a file so."""
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
        f"{_MS}2020/10/relationships/intelligence",
        f"{_MS}2020/02/relationships/classificationlabels",
        f"{_MS}2019/05/relationships/documenttasks",
        f"{_MS}2006/relationships/keyMapCustomizations",
        f"{_MS}2006/relationships/ui/extensibility",
        f"{_MS}2007/relationships/ui/extensibility",
        f"{_MS}2011/relationships/webextensiontaskpanes",
        f"{_PACKAGE_RELATIONS}digital-signature/origin",
        f"{_WPS}customData",
        FONT,
    }
)
"""Phần không vào văn bản: remarks, thumbnails, kept texts, the data behind content controls, labels
and buttons of an office's Word, a signature of the template itself, fonts within the file.
"""
MAIN_RELATIONS = frozenset(
    {
        f"{_OFFICE}officeDocument",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
    }
)
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
    "hdphoto": "hiệu ứng của hình (hãy chèn lại hình không có hiệu ứng)",
    "recipientData": "danh sách trộn thư",
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
RELATIONS_SCHEMA = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES_SCHEMA = "http://schemas.openxmlformats.org/package/2006/content-types"
