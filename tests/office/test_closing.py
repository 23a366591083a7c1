"""Báo cáo sơ kết, tổng kết: figures from the data, words from the secretariat, whole when final."""

from http import HTTPStatus

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from campaign.accounts.models import User
from campaign.core.permissions import Role
from campaign.demo.stages import Stage
from campaign.exemplars.rules import Step
from campaign.exemplars.rules import Subject as Example
from campaign.extensions import db
from campaign.honours.rules import Subject
from campaign.office import shelf
from campaign.office.heads import Asker
from campaign.office.models import ClosingWords
from campaign.office.rules import PaperKind
from campaign.office.tallies import Awarded, Tally, examples_words, summed, tallied, women_words
from campaign.planning.rules import Phase
from campaign.reporting.queries import sight_of
from tests import build

WORDS = {
    "results": "Phong trào sôi nổi.\nĐúng tiến độ.",
    "shortcomings": "Một số đơn vị nộp chậm.",
    "causes": "Thiếu người theo dõi.",
    "lessons": "Giao việc rõ.",
    "directions": "Nhân rộng cách làm hay.",
}


def _secretary():
    return db.session.query(User).filter_by(user_name="thuong-truc").one()


def _closing(campaign, user):
    person = db.session.get_one(User, user.id, options=[selectinload(User.grants)])
    db.session.refresh(person, ["grants"])
    asker = Asker(person, sight_of(person, campaign.id, build.TODAY), build.NOW)
    items = shelf.SOURCES[PaperKind.CLOSING].items(asker, campaign)
    return [(item, shelf.fields_of(asker, campaign, PaperKind.CLOSING, item)[1]) for item in items]


def test_awards_are_counted_by_form_with_workers_and_women():
    awards = [
        Awarded("Giấy khen", Subject.COLLECTIVE, "", is_leader=False),
        Awarded("Giấy khen", Subject.INDIVIDUAL, "Bà", is_leader=False),
        Awarded("Giấy khen", Subject.INDIVIDUAL, "Bà", is_leader=True),
        Awarded("Giấy khen", Subject.INDIVIDUAL, "Ông", is_leader=False),
        Awarded("Bằng khen", Subject.HOUSEHOLD, "", is_leader=False),
        Awarded("Bằng khen", Subject.INDIVIDUAL, "", is_leader=False),
    ]
    by_form = tallied(awards)
    assert by_form == {
        "Giấy khen": Tally(collectives=1, people=3, workers=2, women=2),
        "Bằng khen": Tally(households=1, people=1, workers=1, unaddressed=1),
    }
    whole = summed(by_form.values())
    assert (whole.total, whole.people, whole.workers, whole.women) == (6, 4, 3, 2)
    assert women_words(whole) == (
        "Số nữ đếm theo cách ghi Bà trong quyết định; 1 người chưa ghi Ông, Bà nên chưa tính được."
    )
    assert women_words(by_form["Giấy khen"]) == ""


def test_good_examples_are_told_by_subject_step_and_followers():
    subjects, steps = {Example.PERSON: 2, Example.COLLECTIVE: 3}, {Step.FOUND: 4, Step.FOLLOWED: 1}
    assert examples_words(subjects, steps, 3) == (
        "Đã đăng ký 5 điển hình (3 tập thể, 2 cá nhân); đến nay ở bước: 4 phát hiện, 1 nhân rộng; "
        "3 đơn vị xác nhận đã học theo."
    )
    assert examples_words({Example.HOUSEHOLD: 1}, {Step.HELPED: 1}, 0) == (
        "Đã đăng ký 1 điển hình (1 hộ gia đình); đến nay ở bước: 1 bồi dưỡng; "
        "chưa có đơn vị nào học theo."
    )


def test_a_published_drive_is_summed_up_and_final_when_the_words_are_written(tell, sign_in, page):
    demo = tell(Stage.PUBLISHED)
    secretary = _secretary()
    [(item, fields)] = _closing(demo, secretary)
    assert item.title.startswith("Tổng kết phong trào")
    assert (item.is_final, fields["is_draft"], fields["shortcomings"]) == (False, True, ["…"])
    client = sign_in(secretary)
    client.get(f"/campaigns/{demo.id}/papers/")
    answer = client.post(f"/campaigns/{demo.id}/papers/closing-words", data=WORDS)
    assert answer.status_code == HTTPStatus.SEE_OTHER
    [(item, fields)] = _closing(demo, _secretary())
    assert (item.is_final, fields["is_draft"]) == (True, False)
    assert fields["results"] == ["Phong trào sôi nổi.", "Đúng tiến độ."]
    assert fields["units"] == "18 đơn vị tham gia, trong 2 khối thi đua"
    assert fields["periods"][0] == {
        "name": "Tháng 3/2021",
        "due": "05/04/2021",
        "sent": "17/18",
        "on_time": "16",
    }
    assert fields["targets"][3] == {
        "name": "Kim ngạch xuất khẩu",
        "target": "từ 1.218 triệu USD trở lên",
        "value": "402,5 triệu USD",
        "reached": "mới đạt 99,14\xa0%",
        "source": "Phòng Quản lý thương mại, cuối phong trào",
    }
    assert fields["tasks"][0]["told"] == "18 trong 18 đơn vị đã báo cáo kết quả"
    assert [(row["name"], row["total"], row["unit"]) for row in fields["ranks"]] == [
        ("Thanh tra Sở", "98,49", "điểm"),
        ("Phòng Kinh tế và Hạ tầng huyện Kim Bôi", "98,89", "điểm"),
    ]
    assert fields["awards_total"] == {
        "form": "Cộng",
        "total": "13",
        "collectives": "7",
        "households": "0",
        "people": "6",
        "workers": "5",
        "women": "4",
    }
    assert (fields["money"], fields["told"]) == ("9.000.000", "Đã đăng 8 bài tuyên truyền.")
    shown = page(client.get(f"/campaigns/{demo.id}/papers/closing-words"))
    assert "Thiếu người theo dõi." in shown.tree.text_content()
    findings = [row.text_content() for row in shown.tree.cssselect(".chart__finding")]
    assert findings[0] == "4 trong 6 mục tiêu đã đạt tiến độ"
    assert findings[1:3] == [
        "Thanh tra dẫn đầu với 98,49 điểm; trung vị 95,17 điểm",
        "Kim Bôi dẫn đầu với 98,89 điểm; trung vị 92,17 điểm",
    ]
    assert findings[-2:] == [
        "Nhiều nhất là Khối Phòng Kinh tế và Hạ tầng các huyện, Phòng Kinh tế thành phố: "
        "7 trong 13 lượt khen thưởng",
        "5 trong 6 cá nhân được khen thưởng là người trực tiếp làm việc",
    ]
    annex = client.get(f"/campaigns/{demo.id}/papers/closing-words/pictures").data
    pages = [sheet.get_textpage().get_text_range() for sheet in PdfDocument(annex)]
    printed = " ".join(" ".join(pages).split())
    assert [finding in printed for finding in findings] == [True] * 6
    too_long = WORDS | {"causes": "x" * 200_000}
    refused = client.post(f"/campaigns/{demo.id}/papers/closing-words", data=too_long)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_without_numbers_there_are_no_pictures_to_print(app, sign_in, page):
    campaign = build.campaign(phase=Phase.LAUNCHED)
    client = sign_in(build.user(Role.SECRETARIAT))
    at = f"/campaigns/{campaign.id}/papers/closing-words"
    assert not page(client.get(at)).tree.cssselect(".chart")
    refused = client.get(f"{at}/pictures")
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "Chưa có số liệu nào để vẽ." in refused.get_data(as_text=True)


def test_a_running_drive_has_an_interim_report_without_ranks_which_stays_a_draft(tell):
    demo = tell(Stage.SCORING)
    db.session.add(ClosingWords(campaign_id=demo.id, at=build.NOW, by_id=_secretary().id, **WORDS))
    db.session.flush()
    [(item, fields)] = _closing(demo, _secretary())
    assert item.title.startswith("Sơ kết phong trào")
    assert (item.is_final, fields["ranks"], fields["awards"]) == (False, [], [])


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.COUNCIL_MEMBER, Role.INSPECTOR])
def test_only_the_secretariat_writes_the_words_and_the_director_reads_the_report(
    app, sign_in, role
):
    campaign, user = build.campaign(phase=Phase.REPORTING), build.user(role)
    db.session.commit()
    address = f"/campaigns/{campaign.id}/papers/closing-words"
    assert sign_in(user).get(address).status_code == HTTPStatus.FORBIDDEN
    assert sign_in(user).post(address, data=WORDS).status_code == HTTPStatus.FORBIDDEN
    assert db.session.scalar(select(func.count()).select_from(ClosingWords)) == 0
    assert len(_closing(campaign, user)) == (1 if role is Role.DIRECTOR else 0)
