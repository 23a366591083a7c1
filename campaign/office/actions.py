"""Văn thư: filing papers of frozen steps, the office's own templates, its letterhead."""

import hashlib
import io
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from campaign.accounts.models import User
from campaign.core.errors import refuse
from campaign.core.text import nfc
from campaign.extensions import db
from campaign.files import storage
from campaign.office.field_names import lack_words
from campaign.office.heads import Asker
from campaign.office.models import ClosingWords, FiledPaper, PaperTemplate
from campaign.office.rules import PaperKind
from campaign.office.samples import SAMPLES
from campaign.office.shelf import SOURCES, Paper, paper, papers
from campaign.papers.documents import Examination, examine, shipped, shipped_sha256
from campaign.planning.models import Campaign
from campaign.units.queries import letterhead

LARGEST_PAPER = 20 * 1024 * 1024
MOST_AT_ONCE = 500


def file_paper(
    asker: Asker, campaign: Campaign, kind: PaperKind, subject_id: int
) -> FiledPaper | None:
    """Lưu một văn bản của bước đã chốt; gives None where the same one is filed already."""
    return _kept(asker, campaign, paper(asker, campaign, kind, subject_id))


def file_all(asker: Asker, campaign: Campaign) -> int:
    """Lưu mọi văn bản của các bước đã chốt that are not filed yet; gives how many were added."""
    final = [
        (kind, item)
        for kind, source in SOURCES.items()
        for item in source.items(asker, campaign)
        if item.is_final
    ]
    if len(final) > MOST_AT_ONCE:
        refuse(
            f"Có {len(final)} văn bản; mỗi lần chỉ lưu tối đa {MOST_AT_ONCE}. Hãy lưu từng văn bản."
        )
    return sum(
        _kept(asker, campaign, paper) is not None for paper in papers(asker, campaign, final)
    )


def _kept(asker: Asker, campaign: Campaign, paper: Paper) -> FiledPaper | None:
    if not paper.item.is_final or paper.drawn.data_at is None:
        refuse("Chỉ lưu văn bản của bước đã chốt; văn bản này còn là dự thảo.")
    if _is_filed(campaign, paper):
        return None
    stored = storage.keep(io.BytesIO(paper.content), limit=LARGEST_PAPER)
    row = _row_of(asker, campaign, paper, stored)
    db.session.add(row)
    db.session.flush()
    return row


def _is_filed(campaign: Campaign, paper: Paper) -> bool:
    """Đã lưu: a paper of this subject that is the same to the last byte."""
    same = select(FiledPaper.id).where(
        FiledPaper.campaign_id == campaign.id,
        FiledPaper.kind == paper.kind,
        FiledPaper.subject_id == paper.item.subject_id,
        FiledPaper.sha256 == hashlib.sha256(paper.content).hexdigest(),
    )
    return db.session.scalar(same) is not None


def _row_of(
    asker: Asker, campaign: Campaign, paper: Paper, stored: storage.StoredContent
) -> FiledPaper:
    """Dòng của sổ lưu: the paper with what it was drawn from, and where its content lies."""
    return FiledPaper(
        campaign_id=campaign.id,
        kind=paper.kind,
        subject_id=paper.item.subject_id,
        title=paper.item.title,
        version=paper.drawn.version,
        data_at=paper.drawn.data_at,
        template_sha256=paper.template_sha256,
        sha256=stored.sha256,
        size=stored.size,
        storage_key=stored.storage_key,
        at=asker.now,
        by_id=asker.user.id,
    )


def check_template(kind: PaperKind, content: bytes) -> Examination:
    """Kiểm tra mẫu: refused where it could do harm; else its faults, and what it leaves out."""
    return examine(content, SAMPLES[kind], shipped(kind.value))


def keep_template(
    kind: PaperKind, file_name: str, content: bytes, *, by: User, at: datetime
) -> Examination:
    """Dùng mẫu của cơ quan; nothing is changed where it has faults."""
    examined = check_template(kind, content)
    if not examined.faults:
        own = PaperTemplate(
            kind=kind,
            file_name=storage.clean_name(file_name),
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            at=at,
            by_id=by.id,
        )
        _note_lacks(own, examined)
        db.session.merge(own)
        db.session.flush()
    return examined


def _note_lacks(own: PaperTemplate, examined: Examination) -> None:
    """Mẫu còn thiếu gì, and which shipped template it was compared with."""
    own.lacking = [lack_words(own.kind, lack.field, lack.place) for lack in examined.lacks]
    own.compared_with = shipped_sha256(own.kind.value)


def compare_template(kind: PaperKind) -> PaperTemplate:
    """Đối chiếu lại mẫu của cơ quan with the shipped one, which a later version may have changed;
    its faults are found where it is uploaded.
    """
    own = db.session.get(PaperTemplate, kind)
    if own is None:
        refuse("Loại văn bản này đang dùng mẫu kèm theo.")
    _note_lacks(own, check_template(kind, own.content))
    db.session.flush()
    return own


def restore_template(kind: PaperKind) -> None:
    """Trở về mẫu kèm theo chương trình."""
    own = db.session.get(PaperTemplate, kind)
    if own is None:
        refuse("Loại văn bản này đang dùng mẫu kèm theo.")
    db.session.delete(own)
    db.session.flush()


def save_letterhead(values: Mapping[str, str]) -> None:
    """Ghi tiêu đề văn bản của cơ quan."""
    row = letterhead()
    for name, value in values.items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.flush()


def save_closing_words(
    row: ClosingWords, values: Mapping[str, str], *, by: User, at: datetime
) -> None:
    """Viết phần nhận định của báo cáo tổng kết."""
    for name, text in values.items():
        setattr(row, name, nfc(text).strip())
    row.at, row.by_id = at, by.id
    db.session.add(row)
    db.session.flush()
