"""Bản đăng ký xây dựng điển hình tiên tiến: the form, of one example."""

from campaign.core.dates import format_date, local_date
from campaign.enrolment.queries import confirmed
from campaign.exemplars import queries
from campaign.exemplars.models import Exemplar
from campaign.exemplars.rules import State, Step, followed_words
from campaign.office.heads import Asker, common, heads_of, unit_office
from campaign.office.rules import Item, PaperContent
from campaign.papers.rules import drive_words
from campaign.planning.models import Campaign


def exemplars(asker: Asker, campaign: Campaign) -> list[Item]:
    """Bản đăng ký của các đơn vị mà người này thấy; final once it is registered and one head can
    sign.
    """
    rows = [
        row
        for row in queries.exemplars_seen(campaign.id, asker.sight)
        if asker.sight.sees(row.participation.unit_id) and row.state is not State.DECLINED
    ]
    heads = heads_of([row.participation.unit_id for row in rows])
    return [
        Item(
            row.id,
            f"{row.name}, {row.participation.unit.name}",
            row.state is State.REGISTERED and len(heads.get(row.participation.unit_id, ())) == 1,
        )
        for row in rows
    ]


def exemplar(asker: Asker, campaign: Campaign, subject_id: int) -> PaperContent:
    """Nội dung bản đăng ký; what was not written stays open in a draft. It bears the day on which
    it last became what it says.
    """
    row = queries.exemplar(campaign.id, subject_id, asker.sight)
    unit = row.participation.unit
    heads = heads_of([unit.id]).get(unit.id, [])
    signer = heads[0] if len(heads) == 1 else None
    is_final = row.state is State.REGISTERED and signer is not None
    head, about = unit_office(unit, signer), f"Trong {drive_words(campaign.title)}"
    told = _told(campaign.id, row)
    day = local_date(row.moved_at if is_final else row.proposed_at)
    fields = common(campaign, head, about=about, day=day) | _found(row)
    fields |= {name: text or ("" if is_final else "…") for name, text in told.items()}
    return PaperContent(fields, f"Bản {row.version}", row.moved_at if is_final else None)


def _found(row: Exemplar) -> dict[str, str]:
    """Điển hình nào: who it is, of which unit, who found it, and how far it was brought."""
    return {
        "name": row.name,
        "kind": ", ".join(part.label for part in (row.subject, row.standing) if part),
        "unit": row.participation.unit.name,
        "found": f"{row.found_by}, {format_date(row.found_on)}",
        "step": row.step.label,
    }


def _told(campaign_id: int, row: Exemplar) -> dict[str, str]:
    """Phần kể về điển hình, empty where it was not written yet."""
    return {
        "field": row.field,
        "reason": row.reason,
        "goal": row.goal,
        "helper": row.helper,
        "measures": row.measures,
        "until": format_date(row.help_until) if row.help_until else "",
        "result": row.result,
        "summary": row.summary,
        "spread": row.spread,
        "followed": _followed(campaign_id, row),
        "honoured": row.awards,
    }


def _followed(campaign_id: int, row: Exemplar) -> str:
    """Bao nhiêu đơn vị đã áp dụng, once they are asked to."""
    if row.step is not Step.FOLLOWED:
        return ""
    others = sum(entry.id != row.participation_id for entry in confirmed(campaign_id))
    return followed_words(len(queries.uses_of(row.id)), others)
