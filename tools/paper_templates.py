"""Mẫu văn bản: build the shipped .docx templates by the layout of Nghị định 30/2020/NĐ-CP.

`python -m tools.paper_templates` writes campaign/papers/shipped/*.docx; an official changes a copy
in Word, not this.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

SHIPPED = Path(__file__).parents[1] / "campaign" / "papers" / "shipped"
FONT, FALLBACK = "Times New Roman", "Liberation Serif"
BODY, SMALL, STAMP = 14, 13, 8
LONG_LINE, SHORT_LINE = 61, 31
"""Đường kẻ dưới trích yếu: a third to a half of the words above it, in millimetres."""
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
Column = tuple[str, int, str, str]
"""Heading, width in millimetres, the tag of a row's cell, alignment."""


def _element(name: str, **attributes: str) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


class Sheet:
    """Một mẫu văn bản while it is laid out."""

    def __init__(self, *, landscape: bool = False) -> None:
        """An A4 page with the margins, font and page numbers of the decree."""
        self.document = Document()
        self.width = 252 if landscape else 165
        self._font()
        self._page(self.document.sections[0], landscape=landscape)

    def _font(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(BODY)
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), FONT)
        language = _element("w:lang", val="vi-VN", eastAsia="vi-VN")
        normal.element.get_or_add_rPr().append(language)
        for part in self.document.part.package.iter_parts():
            if str(part.partname) == "/word/fontTable.xml":
                part._blob = part.blob.replace(  # noqa: SLF001 - python-docx has no fonts
                    b'<w:font w:name="Times New Roman">',
                    f'<w:font w:name="{FONT}"><w:altName w:val="{FALLBACK}"/>'.encode(),
                )

    def _page(self, section: Any, *, landscape: bool, restart: bool = False) -> None:
        width, height = Mm(210), Mm(297)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (height, width) if landscape else (width, height)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
            Mm(20),
            Mm(20),
            Mm(30),
            Mm(15),
        )
        section.header_distance, section.footer_distance = Mm(10), Mm(8)
        section.different_first_page_header_footer = True
        if restart:
            numbering = _element("w:pgNumType", start="1")
            section._sectPr.find(qn("w:pgMar")).addnext(numbering)  # noqa: SLF001 - python-docx has no page numbering
        for one in (
            section.header,
            section.first_page_header,
            section.footer,
            section.first_page_footer,
        ):
            one.is_linked_to_previous = False
        number = section.header.paragraphs[0]
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._page_number(number)
        for footer in (section.footer, section.first_page_footer):
            stamp = footer.paragraphs[0]
            stamp.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run = stamp.add_run("{{ stamp }}")
            run.font.size, run.font.color.rgb = Pt(STAMP), RGBColor(0x59, 0x59, 0x59)

    @staticmethod
    def _page_number(paragraph: Any) -> None:
        run = paragraph.add_run()
        run.font.size = Pt(SMALL)
        run._r.append(_element("w:fldChar", fldCharType="begin"))  # noqa: SLF001 - python-docx has no fields
        code = _element("w:instrText")
        code.text = "PAGE"
        run._r.append(code)  # noqa: SLF001
        run._r.append(_element("w:fldChar", fldCharType="end"))  # noqa: SLF001

    def text(
        self,
        text: str,
        *,
        bold: bool = False,
        italic: bool = False,
        align: str = "both",
        size: int = BODY,
        indent: bool | None = None,
        after: int = 6,
        within: Any = None,
        keep: bool = False,
        lead: str = "",
    ) -> Any:
        """One paragraph, perhaps led by bold words; body text is justified with an indented first
        line.
        """
        paragraph = (within or self.document).add_paragraph()
        paragraph.alignment = ALIGN[align]
        layout = paragraph.paragraph_format
        layout.space_before, layout.space_after, layout.line_spacing = Pt(0), Pt(after), 1.1
        layout.keep_with_next = keep
        if indent if indent is not None else align == "both":
            layout.first_line_indent = Mm(10)
        if lead:
            opening = paragraph.add_run(f"{lead} ")
            opening.bold, opening.font.size = True, Pt(size)
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)
        if not text:
            mark = _element("w:rPr")
            mark.append(_element("w:sz", val=str(2 * size)))
            paragraph._p.get_or_add_pPr().append(mark)  # noqa: SLF001 - an empty line is as high as its mark
        return paragraph

    def items(self, loop: str, text: str, **how: Any) -> None:
        """A list: each item ends with ";", the last with "."."""
        self.each(loop, f"{text}{{% if loop.last %}}.{{% else %}};{{% endif %}}", **how)

    def heading(self, text: str) -> None:
        """A numbered heading inside the body."""
        self.text(text, bold=True, keep=True)

    def tag(self, tag: str) -> None:
        """A paragraph that only steers: `{%p for … %}`."""
        self.text(f"{{%p {tag} %}}", indent=False)

    def each(self, loop: str, text: str, **how: Any) -> None:
        """One paragraph for each of a list."""
        self.tag(f"for {loop}")
        self.text(text, **how)
        self.tag("endfor")

    def _plain_table(self, widths: Sequence[int]) -> Any:
        made = self.document.add_table(rows=1, cols=len(widths))
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        made.autofit = False
        self._widths(made, widths)
        return made

    @staticmethod
    def _widths(table: Any, widths: Sequence[int]) -> None:
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)

    def _line(self, cell: Any, side: int, after: int = 8) -> None:
        """A ruled line, `side` millimetres shorter on either side."""
        paragraph = self.text("", within=cell, align="center", size=2, after=after)
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(side)
        borders = _element("w:pBdr")
        borders.append(_element("w:top", val="single", sz="6", space="0", color="000000"))
        paragraph._p.get_or_add_pPr().find(qn("w:spacing")).addprevious(borders)  # noqa: SLF001 - python-docx has no borders

    def head(self, *, landscape: bool = False) -> None:
        """Quốc hiệu, cơ quan ban hành, số ký hiệu, địa danh và ngày."""
        widths = (110, 140) if landscape else (60, 108)
        left, right = self._plain_table(widths).rows[0].cells
        first = left.paragraphs[0]
        first._p.getparent().remove(first._p)  # noqa: SLF001 - a cell starts with an empty paragraph
        self.text("{{ above|upper }}", within=left, align="center", size=SMALL, after=0)
        self.text("{{ issuer|upper }}", within=left, align="center", size=SMALL, bold=True, after=0)
        self._line(left, widths[0] // 3)
        self.text("{{ number }}", within=left, align="center", size=SMALL, after=0)
        self.text(
            "{% if is_draft %}DỰ THẢO{% endif %}",
            within=left,
            align="center",
            size=SMALL,
            bold=True,
            after=0,
        )
        first = right.paragraphs[0]
        first._p.getparent().remove(first._p)  # noqa: SLF001
        self.text(
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            within=right,
            align="center",
            size=SMALL,
            bold=True,
            after=0,
        )
        self.text("Độc lập - Tự do - Hạnh phúc", within=right, align="center", bold=True, after=0)
        self._line(right, (widths[1] - 64) // 2)
        self.text("{{ dated }}", within=right, align="center", italic=True, after=0)
        self.text("", after=0, size=6)

    def title(self, name: str, *, about: bool = True) -> None:
        """Tên loại và trích yếu."""
        self.text(name, bold=True, align="center", after=0, keep=True)
        if about:
            self.text("{{ about }}", bold=True, align="center", after=2, keep=True)
            self.tag("if about|length > 48")
            self._line(None, (self.width - LONG_LINE) // 2, after=12)
            self.tag("else")
            self._line(None, (self.width - SHORT_LINE) // 2, after=12)
            self.tag("endif")

    def basis(self) -> None:
        """Căn cứ, in italics."""
        self.each("line in basis", "{{ line }}", italic=True)

    def table(
        self,
        columns: Sequence[Column],
        loop: str,
        *,
        size: int = 12,
        total: Sequence[str] = (),
        keeps_end: bool = False,
    ) -> None:
        """Bảng: heading repeated on each page, no row broken; `total` are the cells of a last row.

        Where `keeps_end`, the last rows stay on one page with what follows, be it a signature.
        """
        steps = self._row_steps(loop, columns, keeps_end=keeps_end)
        made = self.document.add_table(rows=1 + len(steps) + bool(total), cols=len(columns))
        made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        for cell, (heading, _, _, _) in zip(made.rows[0].cells, columns, strict=True):
            self._cell(cell, heading, "center", size, bold=True, keep=True)
        made.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))  # noqa: SLF001 - python-docx has no repeated rows
        for row in made.rows:
            row._tr.get_or_add_trPr().append(_element("w:cantSplit"))  # noqa: SLF001
        for row, (tags, is_kept) in zip(made.rows[1:], steps, strict=False):
            for cell, tag, (_, _, _, align) in zip(row.cells, tags, columns, strict=False):
                self._cell(cell, tag, align, size, keep=is_kept)
        for cell, text, (_, _, _, align) in zip(
            made.rows[-1].cells if total else (), total, columns, strict=False
        ):
            self._cell(cell, text, align, size, bold=True, keep=keeps_end)
        self._widths(made, [column[1] for column in columns])
        self.text("", after=6, size=6, keep=keeps_end)

    @staticmethod
    def _row_steps(
        loop: str, columns: Sequence[Column], *, keeps_end: bool
    ) -> list[tuple[list[str], bool]]:
        """Các dòng của bảng: the tags of each, and whether it stays with what follows."""
        cells = [column[2] for column in columns]
        rows = [(cells, False)]
        if keeps_end:
            rows = [
                (["{%tr if loop.revindex <= 3 %}"], False),
                (cells, True),
                (["{%tr else %}"], False),
                *rows,
                (["{%tr endif %}"], False),
            ]
        return [([f"{{%tr for {loop} %}}"], False), *rows, (["{%tr endfor %}"], False)]

    def _cell(
        self, cell: Any, text: str, align: str, size: int, *, bold: bool = False, keep: bool = False
    ) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.alignment = ALIGN[align]
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.paragraph_format.keep_with_next = keep
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(size)

    def sign(
        self,
        *,
        recipients: bool | None = None,
        left: tuple[str, str] | None = None,
        landscape: bool = False,
    ) -> None:
        """Nơi nhận on the left, chức vụ và họ tên of the signer on the right; or two who sign,
        perhaps with nơi nhận below.
        """
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        table = self._plain_table((110, 140) if landscape else (80, 88))
        table.rows[0]._tr.get_or_add_trPr().append(_element("w:cantSplit"))  # noqa: SLF001 - python-docx has no row rules
        one, other = table.rows[0].cells
        if left is not None:
            self._signature(one, *left)
            if recipients:
                self.text("", within=one, align="left", after=0)
                self._recipients(one, one.add_paragraph())
        elif recipients is not False:
            self._recipients(one, one.paragraphs[0])
        self._signature(other, "{{ signer_title }}", "{{ signer_name }}")
        self._end()

    def _end(self) -> None:
        """The paragraph Word wants after a table: too low to ask for a page of its own."""
        paragraph = self.text("", size=1, after=0, indent=False)
        layout = paragraph.paragraph_format
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
        paragraph._p.pPr.find(qn("w:rPr")).insert(0, _element("w:vanish"))  # noqa: SLF001

    def _recipients(self, cell: Any, first: Any) -> None:
        opening = first.add_run("Nơi nhận:")
        opening.bold, opening.italic, opening.font.size = True, True, Pt(12)
        first.paragraph_format.space_after = Pt(0)
        self.text("{%p for line in recipients %}", within=cell, align="left", size=11, after=0)
        self.text("- {{ line }}", within=cell, align="left", size=11, after=0)
        self.text("{%p endfor %}", within=cell, align="left", size=11, after=0)
        self.text("", within=cell, align="left", size=11, after=0)

    def _signature(self, cell: Any, title: str, name: str) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.alignment = ALIGN["center"]
        run = paragraph.add_run(title)
        run.bold, run.font.size = True, Pt(BODY)
        for _ in range(3):
            self.text("", within=cell, align="center", after=2)
        self.text(name, within=cell, align="center", bold=True, after=0)

    def annex(self, title: str, about: str) -> None:
        """Phụ lục: a new landscape section with its own page numbers."""
        self._page(self.document.add_section(WD_SECTION.NEW_PAGE), landscape=True, restart=True)
        self.text(title, bold=True, align="center", after=0)
        self.text(about, italic=True, align="center", after=2)
        self._line(None, (252 - LONG_LINE) // 2, after=10)

    def _name_itself(self) -> None:
        """The library's own remark goes; whoever draws a paper writes its properties."""
        properties = self.document.core_properties
        properties.author = properties.last_modified_by = "Ngọn Cờ"
        properties.comments = ""

    def save(self, name: str) -> None:
        """Keep the template under the name of its kind."""
        SHIPPED.mkdir(exist_ok=True)
        self._name_itself()
        self.document.save(str(SHIPPED / f"{name}.docx"))


def plan() -> Sheet:
    """Kế hoạch phát động."""
    sheet = Sheet()
    sheet.head()
    sheet.title("KẾ HOẠCH")
    sheet.basis()
    sheet.heading("I. MỤC ĐÍCH, YÊU CẦU VÀ NỘI DUNG")
    sheet.tag("for line in announcement")
    sheet.tag("if line.is_heading")
    sheet.text("{{ line.text }}", bold=True, keep=True)
    sheet.tag("else")
    sheet.text("{{ line.text }}")
    sheet.tag("endif")
    sheet.tag("endfor")
    sheet.heading("II. THỜI GIAN")
    sheet.text("Phong trào được tổ chức {{ period }}.")
    sheet.heading("III. CHỈ TIÊU THI ĐUA")
    sheet.table(
        [
            ("STT", 14, "{{ loop.index }}", "center"),
            ("Chỉ tiêu", 82, "{{ row.name }}", "left"),
            (
                "Mức phải đạt",
                70,
                "{{ row.target }}{% if row.checked %} ({{ row.checked }}){% endif %}",
                "right",
            ),
        ],
        "row in goals",
    )
    sheet.heading("IV. NHIỆM VỤ CHUYÊN MÔN")
    sheet.each("line in tasks", "{{ loop.index }}. {{ line }}.")
    sheet.heading("V. KHỐI THI ĐUA VÀ CÁCH CHẤM ĐIỂM")
    sheet.items("row in blocks", "- {{ row.name }}")
    sheet.table(
        [
            ("Nhóm", 18, "{{ row.code }}", "center"),
            ("Nội dung", 102, "{{ row.name }}", "left"),
            ("Điểm tối đa", 46, "{{ row.maximum }}", "right"),
        ],
        "row in groups",
    )
    sheet.text("{{ scoring }}")
    sheet.heading("VI. KHEN THƯỞNG")
    sheet.each("row in awards", "- {{ row.name }} tặng {{ row.subject }}: {{ row.quota }}.")
    sheet.heading("VII. TỔ CHỨC THỰC HIỆN")
    sheet.table(
        [
            ("Kỳ báo cáo", 56, "{{ row.name }}", "left"),
            ("Từ ngày", 28, "{{ row.starts }}", "center"),
            ("Đến ngày", 28, "{{ row.ends }}", "center"),
            ("Hạn nộp", 27, "{{ row.due }}", "center"),
            ("Đóng nhận sau", 27, "{{ row.locks }}", "center"),
        ],
        "row in periods",
    )
    sheet.text(
        "Các đơn vị gửi báo cáo đúng hạn trên hệ thống; Thường trực Hội đồng Thi đua - Khen "
        "thưởng thẩm định, "
        "tổng hợp và trình Hội đồng chấm điểm, xét khen thưởng./."
    )
    sheet.sign()
    return sheet


def pledge() -> Sheet:
    """Bản đăng ký giao ước thi đua."""
    sheet = Sheet()
    sheet.head()
    sheet.title("BẢN ĐĂNG KÝ GIAO ƯỚC THI ĐUA")
    sheet.text(
        "Hưởng ứng {{ drive }} ({{ period }}), {{ unit }} đăng ký tham gia tại {{ block }} với các "
        "nội dung sau:"
    )
    sheet.heading("1. Chỉ tiêu")
    sheet.table(
        [
            ("STT", 14, "{{ loop.index }}", "center"),
            ("Chỉ tiêu", 100, "{{ row.name }}", "left"),
            ("Mức đăng ký", 52, "{{ row.target }}", "right"),
        ],
        "row in targets",
    )
    sheet.heading("2. Cam kết")
    sheet.each("line in commitments", "{{ line }}")
    sheet.text("{{ unit }} cam kết thực hiện đúng các nội dung đã đăng ký./.")
    sheet.sign()
    return sheet


def report() -> Sheet:
    """Báo cáo kết quả của đơn vị."""
    sheet = Sheet()
    sheet.head()
    sheet.title("BÁO CÁO")
    sheet.heading("I. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU")
    sheet.table(
        [
            ("Chỉ tiêu", 44, "{{ row.name }}", "left"),
            ("Mục tiêu", 26, "{{ row.target }}", "right"),
            ("Kết quả", 26, "{{ row.value }}", "right"),
            ("Cùng kỳ", 24, "{{ row.comparison }}", "right"),
            ("Loại số liệu", 20, "{{ row.kind }}", "center"),
            ("Nguồn, ghi chú", 28, "{{ row.source }}", "left"),
        ],
        "row in values",
        size=11,
    )
    sheet.heading("II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ CHUYÊN MÔN")
    sheet.tag("for row in narratives")
    sheet.text("{{ loop.index }}. {{ row.name }}", bold=True, keep=True)
    sheet.text("{{ row.text }}")
    sheet.tag("endfor")
    sheet.tag("if scores")
    sheet.heading("III. ĐIỂM TỰ CHẤM")
    sheet.table(
        [
            ("Mã", 16, "{{ row.code }}", "center"),
            ("Tiêu chí", 62, "{{ row.name }}", "left"),
            ("Tối đa", 20, "{{ row.maximum }}", "right"),
            ("Tự chấm", 20, "{{ row.points }}", "right"),
            ("Thuyết minh", 50, "{{ row.explanation }}", "left"),
        ],
        "row in scores",
        size=11,
    )
    sheet.text("Tổng điểm tự chấm: {{ total }} điểm.", bold=True)
    sheet.tag("endif")
    sheet.tag("if evidence")
    sheet.heading("Minh chứng kèm theo")
    sheet.items("line in evidence", "- {{ line }}")
    sheet.tag("endif")
    sheet.text("Trên đây là báo cáo của {{ unit }}./.")
    sheet.sign()
    return sheet


def inspection() -> Sheet:
    """Biên bản kiểm tra thực tế."""
    sheet = Sheet()
    sheet.head()
    sheet.title("BIÊN BẢN")
    sheet.text(
        "Ngày {{ held_on }}, tại {{ unit }}, Đoàn kiểm tra của Hội đồng Thi đua - Khen thưởng "
        "đã kiểm tra kết quả thực hiện "
        "{{ drive }}."
    )
    for heading, field in (
        ("I. THÀNH PHẦN", "team"),
        ("II. NỘI DUNG KIỂM TRA", "checked"),
        ("III. KẾT QUẢ", "findings"),
        ("IV. KẾT LUẬN", "conclusion"),
    ):
        sheet.tag(f"if {field}")
        sheet.heading(heading)
        sheet.each(f"line in {field}", "{{ line }}")
        sheet.tag("endif")
    sheet.tag("if subjects")
    sheet.text("Kết quả kiểm tra là căn cứ thẩm định: {{ subjects }}.")
    sheet.tag("endif")
    sheet.text(
        "Biên bản được lập thành 02 bản, mỗi bên giữ 01 bản và được các bên thống nhất ký tên./."
    )
    sheet.sign(left=("ĐẠI DIỆN ĐƠN VỊ", ""))
    return sheet


def summary() -> Sheet:
    """Bảng tổng hợp điểm và xếp hạng."""
    sheet = Sheet(landscape=True)
    sheet.head(landscape=True)
    sheet.title("BẢNG TỔNG HỢP ĐIỂM VÀ XẾP HẠNG")
    sheet.tag("for block in blocks")
    sheet.text("{{ block.name }}", bold=True, indent=False, align="left", keep=True)
    sheet.table(
        [
            ("Hạng", 19, "{{ row.rank }}", "center"),
            ("Đơn vị", 66, "{{ row.name }}", "left"),
            ("{%tc for group in groups %}", 8, "{%tc for group in row.groups %}", "left"),
            ("{{ group.code }}", 17, "{{ group }}", "right"),
            ("{%tc endfor %}", 8, "{%tc endfor %}", "left"),
            ("Tổng điểm", 20, "{{ row.total }}", "right"),
            ("Xếp loại", 20, "{{ row.band }}", "center"),
            ("Ghi chú", 24, "{{ row.note }}", "left"),
        ],
        "row in block.rows",
        size=11,
        keeps_end=True,
    )
    sheet.tag("endfor")
    sheet.text(
        "{% for group in groups %}{{ group.code }}: {{ group.name }}{% if loop.last %}.{% else "
        "%}; {% endif %}{% endfor %}",
        italic=True,
        size=11,
        indent=False,
        align="left",
        keep=True,
    )
    sheet.text(
        "Bảng xếp hạng chốt lúc {{ frozen_at }}; mã băm {{ sha256 }}.",
        italic=True,
        size=11,
        indent=False,
        align="left",
    )
    sheet.sign(left=("NGƯỜI LẬP BẢNG", "{{ prepared_by }}"), landscape=True)
    return sheet


def invitation() -> Sheet:
    """Giấy mời họp."""
    sheet = Sheet()
    sheet.head()
    sheet.title("GIẤY MỜI")
    sheet.text(
        "{{ issuer }} trân trọng kính mời các ông, bà có tên dưới đây dự cuộc họp số {{ "
        "meeting }} của Hội đồng "
        "Thi đua - Khen thưởng:"
    )
    sheet.table(
        [
            ("STT", 14, "{{ loop.index }}", "center"),
            ("Họ và tên", 62, "{{ row.name }}", "left"),
            ("Chức vụ", 54, "{{ row.position }}", "left"),
            ("Chức danh trong Hội đồng", 36, "{{ row.function }}", "left"),
        ],
        "row in invited",
    )
    sheet.text("Thời gian: {{ at }}.")
    sheet.text("Địa điểm: {{ place }}.")
    sheet.text("Chủ trì: {{ chair }}.")
    sheet.tag("if agenda")
    sheet.text("Nội dung:", keep=True)
    sheet.each("line in agenda", "{{ line }}")
    sheet.tag("endif")
    sheet.tag("if opinions_until")
    sheet.text("Thành viên vắng mặt gửi phiếu lấy ý kiến trước {{ opinions_until }}.")
    sheet.tag("endif")
    sheet.text("Rất mong các ông, bà tham dự đầy đủ, đúng giờ./.")
    sheet.sign()
    return sheet


def ballot() -> Sheet:
    """Phiếu bầu."""
    sheet = Sheet()
    sheet.head()
    sheet.title("PHIẾU BIỂU QUYẾT")
    sheet.text("Lượt {{ ballot }}: {{ subject }}. {{ rule }}.", align="left", indent=False)
    sheet.table(
        [
            ("STT", 14, "{{ loop.index }}", "center"),
            ("Nội dung biểu quyết", 82, "{{ row.label }}\n{{ row.detail }}", "left"),
            ("{{ yes_word }}", 32, "☐", "center"),
            ("{{ no_word }}", 38, "☐", "center"),
        ],
        "row in lines",
        size=13,
    )
    sheet.text("{{ guidance }}", italic=True, size=12)
    sheet.tag("if signed")
    sheet.text(
        "Họ và tên, chữ ký của thành viên: ..................................................",
        indent=False,
        align="left",
    )
    sheet.tag("endif")
    return sheet


def opinion() -> Sheet:
    """Phiếu lấy ý kiến thành viên vắng mặt."""
    sheet = Sheet()
    sheet.head()
    sheet.title("PHIẾU LẤY Ý KIẾN")
    sheet.text(
        "Họ và tên: ........................................................ Chức vụ: "
        "..............................",
        indent=False,
        align="left",
    )
    sheet.text(
        "Không dự được cuộc họp số {{ meeting }} lúc {{ at }}, tôi có ý kiến như sau:", align="left"
    )
    sheet.table(
        [
            ("STT", 12, "{{ loop.index }}", "center"),
            ("Nội dung lấy ý kiến", 74, "{{ row.label }}\n{{ row.detail }}", "left"),
            ("Đồng ý", 22, "☐", "center"),
            ("Không đồng ý", 24, "☐", "center"),
            ("Ý kiến khác", 34, "", "left"),
        ],
        "row in lines",
    )
    sheet.tag("if opinions_until")
    sheet.text("Gửi về Thường trực Hội đồng trước {{ opinions_until }}.", italic=True)
    sheet.tag("endif")
    sheet.sign(recipients=False)
    return sheet


def _counted(sheet: Sheet, loop: str, of: str = "") -> None:
    """How each line was counted; `of`: whose words for yes and no, of consent or of choice."""
    yes, no = (f"{{{{ {of}{name} }}}}" for name in ("yes_word", "no_word"))
    sheet.table(
        [
            ("Nội dung", 32, "{{ row.label }}", "left"),
            ("Phát ra", 14, "{{ row.issued }}", "right"),
            ("Thu về", 14, "{{ row.returned }}", "right"),
            ("Hợp lệ", 14, "{{ row.valid }}", "right"),
            ("Không hợp lệ", 18, "{{ row.invalid }}", "right"),
            (yes, 15, "{{ row.yes }}", "right"),
            (no, 18, "{{ row.no }}", "right"),
            ("Tỷ lệ", 21, "{{ row.share }}", "right"),
            ("Kết quả", 22, "{{ row.outcome }}", "center"),
        ],
        loop,
        size=11,
    )


def count() -> Sheet:
    """Biên bản kiểm phiếu."""
    sheet = Sheet()
    sheet.head()
    sheet.title("BIÊN BẢN KIỂM PHIẾU")
    sheet.text(
        "Tại cuộc họp số {{ meeting }} của Hội đồng Thi đua - Khen thưởng, {{ place }}, khai "
        "mạc lúc {{ opened_at }}, đã kiểm "
        "phiếu lượt {{ ballot }}: {{ subject }}."
    )
    sheet.text("Hình thức: {{ mode }}. Quy tắc: {{ rule }}.")
    sheet.text(
        "Số thành viên Hội đồng: {{ members }}; khi kiểm phiếu có mặt: {{ present }}"
        "{% if turnout %}; được biểu quyết: {{ turnout.entitled }}; đã bỏ phiếu: {{ "
        "turnout.voted }}{% endif %}."
    )
    _counted(sheet, "row in lines")
    sheet.each("line in remarks", "- {{ line }}")
    sheet.text("Biên bản được lập ngay sau khi kiểm phiếu và được công bố trước Hội đồng./.")
    sheet.sign(left=("THƯ KÝ", "{{ secretary }}"), recipients=True)
    return sheet


def minutes() -> Sheet:
    """Biên bản họp Hội đồng."""
    sheet = Sheet()
    sheet.head()
    sheet.title("BIÊN BẢN HỌP HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG")
    sheet.text("Thời gian: từ {{ opened_at }} đến {{ closed_at }}.")
    sheet.text("Địa điểm: {{ place }}.")
    sheet.heading("I. THÀNH PHẦN")
    sheet.text("Chủ tọa: {{ chair }}. Thư ký: {{ secretary }}.")
    sheet.text("Khai mạc có mặt {{ opening }}/{{ members }} thành viên, {{ quorum }}. Dự họp:")
    sheet.items("line in present", "{{ loop.index }}. {{ line }}")
    sheet.tag("if absent")
    sheet.text("Vắng mặt:", keep=True)
    sheet.items("line in absent", "- {{ line }}")
    sheet.tag("endif")
    sheet.heading("II. NỘI DUNG")
    sheet.each("line in agenda", "{{ line }}")
    sheet.heading("III. BIỂU QUYẾT")
    sheet.tag("for ballot in ballots")
    sheet.text("Lượt {{ ballot.number }}. {{ ballot.title }}", bold=True, keep=True)
    sheet.tag("if ballot.standards")
    sheet.text("Tiêu chuẩn xét: {{ ballot.standards }}.")
    sheet.tag("endif")
    sheet.tag("if ballot.merits")
    sheet.text("Tóm tắt thành tích:", keep=True)
    sheet.each("line in ballot.merits", "- {{ line }}")
    sheet.tag("endif")
    sheet.text("{{ ballot.rule }}.")
    _counted(sheet, "row in ballot.lines", "ballot.")
    sheet.each("line in ballot.remarks", "- {{ line }}")
    sheet.tag("endfor")
    sheet.tag("if notes")
    sheet.heading("IV. Ý KIẾN VÀ KẾT LUẬN")
    sheet.each("line in notes", "{{ line }}")
    sheet.tag("endif")
    sheet.text("Cuộc họp kết thúc lúc {{ closed_at }}. Biên bản đã được thông qua./.")
    sheet.sign(left=("THƯ KÝ", "{{ secretary }}"), recipients=True)
    return sheet


def _awarded(sheet: Sheet, *, register: bool = True) -> None:
    """The list of who is awarded; a register number stands in it once there is one."""
    columns = [
        ("STT", 12, "{{ loop.index }}", "center"),
        ("Tên tập thể, họ và tên cá nhân", 76, "{{ row.name }}", "left"),
        ("Chức vụ, đơn vị", 70 if register else 86, "{{ row.place }}", "left"),
        ("Hình thức", 38 if register else 48, "{{ row.form }}", "left"),
        ("Tiền thưởng (đồng)", 28, "{{ row.amount }}", "right"),
        ("{{ register_title }}", 26, "{{ row.register }}", "center"),
    ]
    total = ("", "Tổng cộng", "{{ total_words }}", "", "{{ total }}", "")
    size = len(columns) if register else len(columns) - 1
    sheet.table(columns[:size], "row in lines", size=11, total=total[:size])


_WITH_THE_PROPOSAL = "(Kèm theo Tờ trình {{ number_words }})"


def submission() -> Sheet:
    """Tờ trình đề nghị khen thưởng."""
    sheet = Sheet()
    sheet.head()
    sheet.title("TỜ TRÌNH")
    sheet.text("Kính gửi: {{ to }}", align="center")
    sheet.text(
        "Từ kết quả {{ drive }} và kết quả họp xét của Hội đồng Thi đua - Khen thưởng, Thường "
        "trực Hội đồng "
        "Thi đua - Khen thưởng trình {{ to }} xem xét, quyết định tặng {{ forms }} cho {{ "
        "counted }} đã có thành tích "
        "xuất sắc trong phong trào (có danh sách kèm theo)."
    )
    sheet.text(
        "Tổng số tiền thưởng dự kiến: {{ total }} đồng ({{ total_words }}){% if fund %}, trích "
        "từ {{ fund }}{% endif %}."
    )
    sheet.text(
        "Kèm theo: bảng tổng hợp điểm và xếp hạng, báo cáo thành tích, biên bản họp và biên "
        "bản kiểm phiếu của Hội đồng."
    )
    sheet.text("Kính trình {{ to }} xem xét, quyết định./.")
    sheet.sign()
    sheet.annex("DANH SÁCH TẬP THỂ, CÁ NHÂN ĐỀ NGHỊ KHEN THƯỞNG", _WITH_THE_PROPOSAL)
    _awarded(sheet, register=False)
    return sheet


def upward() -> Sheet:
    """Tờ trình đề nghị cấp trên khen thưởng."""
    sheet = Sheet()
    sheet.head()
    sheet.title("TỜ TRÌNH")
    sheet.text("Kính gửi: {{ to }}", align="center")
    sheet.text(
        "Từ kết quả {{ drive }} và kết quả họp xét của Hội đồng Thi đua - Khen thưởng, {{ "
        "sender }} trình {{ to }} "
        "xem xét, tặng {{ forms }} cho {{ counted }} đã có thành tích xuất sắc trong phong trào "
        "(có danh sách kèm theo)."
    )
    sheet.text("Kèm theo: báo cáo thành tích, biên bản họp và biên bản kiểm phiếu của Hội đồng.")
    sheet.text("Kính trình {{ to }} xem xét, quyết định./.")
    sheet.sign()
    sheet.annex("DANH SÁCH TẬP THỂ, CÁ NHÂN ĐỀ NGHỊ KHEN THƯỞNG", _WITH_THE_PROPOSAL)
    sheet.table(
        [
            ("STT", 14, "{{ loop.index }}", "center"),
            ("Tên tập thể, họ và tên cá nhân", 90, "{{ row.name }}", "left"),
            ("Chức vụ, đơn vị", 76, "{{ row.place }}", "left"),
            ("Hình thức", 70, "{{ row.form }}", "left"),
        ],
        "row in lines",
    )
    return sheet


def achievement() -> Sheet:
    """Báo cáo thành tích, by the form of its rule set."""
    sheet = Sheet()
    sheet.text("{{ report_form }}", bold=True, align="right", size=12, after=2)
    sheet.head()
    sheet.title("BÁO CÁO THÀNH TÍCH")
    sheet.heading("I. THÔNG TIN CHUNG")
    sheet.items("row in facts", "- {{ row.name }}: {{ row.text }}")
    sheet.heading("II. THÀNH TÍCH ĐẠT ĐƯỢC")
    sheet.tag("for part in parts")
    sheet.text("{{ loop.index }}. {{ part.heading }}", bold=True, keep=True)
    sheet.each("line in part.lines", "{{ line }}")
    sheet.tag("endfor")
    sheet.text(
        "{% if is_person %}Tôi{% else %}Tập thể{% endif %} xin chịu trách nhiệm về tính trung "
        "thực của báo cáo này./."
    )
    sheet.sign(left=("{{ confirm_title }}", "{{ confirm_name }}"))
    return sheet


def decision() -> Sheet:
    """Quyết định khen thưởng và danh sách kèm theo."""
    sheet = Sheet()
    sheet.head()
    sheet.title("QUYẾT ĐỊNH")
    sheet.text("{{ authority|upper }}", bold=True, align="center", after=10)
    sheet.basis()
    sheet.text("QUYẾT ĐỊNH:", bold=True, align="center", keep=True)
    sheet.text(
        "Tặng {{ forms }} cho {{ counted }} đã có thành tích xuất sắc trong {{ drive }} "
        "(có danh sách kèm theo).",
        lead="Điều 1.",
    )
    sheet.text(
        "Tổng số tiền thưởng là {{ total }} đồng ({{ total_words }}){% if fund %}, trích từ {{ "
        "fund }}{% endif %}.",
        lead="Điều 2.",
    )
    sheet.text(
        "Quyết định này có hiệu lực kể từ ngày ký. Thủ trưởng các đơn vị có liên quan và các "
        "tập thể, cá nhân có tên "
        "tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
        lead="Điều 3.",
    )
    sheet.sign()
    sheet.annex(
        "DANH SÁCH TẬP THỂ, CÁ NHÂN ĐƯỢC KHEN THƯỞNG", "(Kèm theo Quyết định {{ number_words }})"
    )
    _awarded(sheet)
    return sheet


def notice() -> Sheet:
    """Thông báo công khai."""
    sheet = Sheet()
    sheet.head()
    sheet.title("THÔNG BÁO")
    sheet.each("line in body", "{{ line }}")
    sheet.text("(Có danh sách kèm theo)./.")
    sheet.sign()
    sheet.annex("DANH SÁCH TẬP THỂ, CÁ NHÂN", "(Kèm theo Thông báo {{ number_words }})")
    sheet.table(
        [
            ("STT", 14, "{{ loop.index }}", "center"),
            ("Tên tập thể, họ và tên cá nhân", 90, "{{ row.name }}", "left"),
            ("Chức vụ, đơn vị", 96, "{{ row.place }}", "left"),
            ("Hình thức", 50, "{{ row.form }}", "left"),
        ],
        "row in lines",
    )
    return sheet


def amendment() -> Sheet:
    """Quyết định điều chỉnh, thu hồi."""
    sheet = Sheet()
    sheet.head()
    sheet.title("QUYẾT ĐỊNH")
    sheet.text("{{ authority|upper }}", bold=True, align="center", after=10)
    sheet.basis()
    sheet.text("QUYẾT ĐỊNH:", bold=True, align="center", keep=True)
    sheet.text(
        "{{ what }} Quyết định số {{ amended }} đối với {{ whom }} (có danh sách kèm theo). Lý "
        "do: {{ reason }}.",
        lead="Điều 1.",
    )
    sheet.each("line in changes", "- {{ line }}.")
    sheet.text("{{ money }}", lead="Điều 2.")
    sheet.text(
        "Quyết định này có hiệu lực kể từ ngày ký. Thủ trưởng các đơn vị có liên quan và các "
        "tập thể, cá nhân có tên "
        "tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
        lead="Điều 3.",
    )
    sheet.sign()
    sheet.annex("DANH SÁCH KÈM THEO", "(Kèm theo Quyết định {{ number_words }})")
    sheet.tag("if is_revocation")
    sheet.table(
        [
            ("STT", 14, "{{ loop.index }}", "center"),
            ("Tên tập thể, họ và tên cá nhân", 84, "{{ row.name }}", "left"),
            ("Chức vụ, đơn vị", 76, "{{ row.place }}", "left"),
            ("Hình thức bị thu hồi", 44, "{{ row.form }}", "left"),
            ("Tiền thưởng đã tặng (đồng)", 32, "{{ row.amount }}", "right"),
        ],
        "row in lines",
        size=11,
        total=("", "Tổng cộng", "{{ total_words }}", "", "{{ total }}"),
    )
    sheet.tag("else")
    sheet.table(
        [
            ("STT", 14, "{{ loop.index }}", "center"),
            ("Tên tập thể, họ và tên cá nhân", 64, "{{ row.name }}", "left"),
            ("Chức vụ, đơn vị", 60, "{{ row.place }}", "left"),
            ("Hình thức", 34, "{{ row.form }}", "left"),
            ("Nội dung điều chỉnh", 52, "{{ row.change }}", "left"),
            ("{{ register_title }}", 26, "{{ row.register }}", "center"),
        ],
        "row in lines",
        size=11,
    )
    sheet.tag("endif")
    return sheet


SHEETS = (
    plan,
    pledge,
    report,
    inspection,
    summary,
    invitation,
    ballot,
    opinion,
    count,
    minutes,
    submission,
    achievement,
    upward,
    decision,
    notice,
    amendment,
)


def main() -> None:
    """Write every template."""
    for build in SHEETS:
        build().save(build.__name__)


if __name__ == "__main__":
    main()
