"""Nhập: what is typed beside the files."""

from campaign.web.fields import SHORT, LineField, VietnameseForm, at_most, required


class SavedTableForm(VietnameseForm):
    """Bảng điểm mẫu của cơ quan."""

    name = LineField(
        "Tên bảng điểm mẫu",
        validators=[required("Hãy nhập tên bảng điểm mẫu."), at_most(SHORT)],
    )
    note = LineField("Ghi chú", validators=[at_most(SHORT)])
