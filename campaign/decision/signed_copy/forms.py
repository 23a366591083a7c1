"""Bản ký số: the form."""

from flask_wtf.file import FileField, FileRequired

from campaign.web.fields import SHORT, LineField, VietnameseForm, at_most, required


class SignedCopyForm(VietnameseForm):
    """Gắn hoặc thay bản ký số."""

    file = FileField("Tệp PDF", validators=[FileRequired("Hãy chọn một tệp PDF.")])
    reason = LineField(
        "Lý do thay bản đã gắn",
        validators=[required("Hãy ghi lý do thay bản đã gắn."), at_most(SHORT)],
    )
