"""Câu chuyện về điển hình: writing, publishing, and taking back at once."""

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

from campaign.accounts.models import User
from campaign.core.dates import local_date
from campaign.core.errors import refuse
from campaign.exemplars.models import Exemplar
from campaign.exemplars.rules import State
from campaign.exemplars.stories.models import ExemplarPicture, ExemplarStory
from campaign.extensions import db
from campaign.files import storage
from campaign.files.attached import attached

LARGEST_PICTURE = 10 * 1024 * 1024


def save(
    row: ExemplarStory | None, exemplar: Exemplar, values: Mapping[str, Any], *, at: datetime
) -> ExemplarStory:
    """Ghi câu chuyện; a consent given anew, by another paper or on another day, stands again."""
    _demand_consent(row, values, local_date(at))
    row = row or ExemplarStory(exemplar_id=exemplar.id)
    given = (values["consent_on"], values["consent_paper"])
    if row.withdrawn_on and given != (row.consent_on, row.consent_paper):
        row.withdrawn_on = None
    for name, value in values.items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.flush()
    return row


def _demand_consent(row: ExemplarStory | None, values: Mapping[str, Any], today: date) -> None:
    """A consent has its day and its paper, and a story that is published does not lose it."""
    if values["consent_on"] and values["consent_on"] > today:
        refuse("Ngày đồng ý không thể ở tương lai.", "consent_on")
    if (values["consent_on"] is None) != (values["consent_paper"] == ""):
        refuse("Việc đồng ý cần cả ngày và văn bản.", "consent_paper")
    if row is not None and row.published_at and values["consent_on"] is None:
        refuse("Câu chuyện đang đăng; muốn bỏ việc đồng ý thì rút lại, câu chuyện sẽ gỡ xuống.")


def add_picture(
    row: ExemplarStory, content: bytes, file_name: str | None, alt: str, *, by: User, at: datetime
) -> ExemplarPicture:
    """Thêm ảnh đã vẽ lại, with its words."""
    if not alt:
        refuse("Hãy ghi lời tả ảnh cho người không xem được ảnh.", "alt")
    stored = storage.keep(BytesIO(content), limit=LARGEST_PICTURE)
    made = ExemplarPicture(
        story_id=row.id,
        alt=alt,
        **attached(stored, file_name, by_id=by.id, at=at),
    )
    db.session.add(made)
    db.session.flush()
    return made


def remove_picture(picture: ExemplarPicture) -> None:
    """Bỏ một ảnh."""
    db.session.delete(picture)


def publish(row: ExemplarStory, exemplar: Exemplar, *, at: datetime) -> None:
    """Đăng: of a registered example, with a consent that stands."""
    if exemplar.state is not State.REGISTERED:
        refuse("Điển hình chưa được đăng ký nên chưa đăng câu chuyện được.")
    if row.withdrawn_on:
        refuse("Việc đồng ý đã rút lại; cần văn bản đồng ý mới thì mới đăng được.")
    if row.consent_on is None:
        refuse("Chưa có văn bản đồng ý của người được nêu; ghi ngày và văn bản rồi đăng.")
    row.published_at = row.published_at or at


def withdraw_consent(row: ExemplarStory, on: date) -> None:
    """Rút lại việc đồng ý: name and pictures leave the pages at once."""
    if row.consent_on is None or row.withdrawn_on:
        refuse("Không có việc đồng ý nào để rút.")
    row.withdrawn_on, row.published_at = on, None
