"""Two plans in words beside each other: what was added, taken out and changed."""

from campaign.planning.pictures import Difference, PicturedRow, as_data, differences, from_data

BEFORE = {
    "criterion:1": PicturedRow("Tiêu chí A1", {"tên": "Doanh thu", "điểm tối đa": "60"}),
    "criterion:2": PicturedRow("Tiêu chí A2", {"tên": "Thu ngân sách", "hướng dẫn": ""}),
    "band:1": PicturedRow("Mức “Tốt”", {"từ điểm": "80"}),
}


def test_each_changed_part_is_told_and_a_row_that_is_new_or_gone_as_a_whole():
    after = {
        "criterion:1": PicturedRow(
            "Tiêu chí A1b", {"tên": "Doanh thu", "điểm tối đa": "55", "giao cho Sở A": "mục tiêu 7"}
        ),
        "band:1": PicturedRow("Mức “Tốt”", {"từ điểm": "80"}),
        "criterion:3": PicturedRow("Tiêu chí A3", {"tên": "Nề nếp", "hướng dẫn": ""}),
    }
    assert list(differences(BEFORE, after)) == [
        Difference("Tiêu chí A1: điểm tối đa", "60", "55"),
        Difference("Tiêu chí A1: giao cho Sở A", "", "mục tiêu 7"),
        Difference("Tiêu chí A2", "tên Thu ngân sách", ""),
        Difference("Tiêu chí A3", "", "tên Nề nếp"),
    ]


def test_a_plan_that_was_kept_is_read_back_as_it_was():
    assert list(differences(from_data(as_data(BEFORE)), BEFORE)) == []
