"""Every column that decides anything is under the hash: what is not stands here, with its
reason.
"""

from sqlalchemy import Column

from campaign.audit import tables
from campaign.database import Base
from campaign.proof.rules import EXEMPT_COLUMNS, EXEMPT_TABLES

EXEMPT = {
    "audit_entry": "là chính nhật ký: mã băm của mỗi dòng giữ nội dung dòng ấy",
    "backup_run": "lần sao lưu: lập lúc nào, ra tệp nào; không quyết định điều gì của phong trào",
    "dossier_reading": "ai đã đọc hồ sơ của ai, hết hạn thì xoá; không quyết định điều gì",
    "ended_session": "phiên đã đăng xuất, hết hạn thì xoá; không quyết định điều gì của phong trào",
    "failed_sign_in": "lần đăng nhập sai, hết hạn thì xoá; không quyết định điều gì của phong trào",
    "key_store": "nơi giữ khoá hòm phiếu mà các máy cùng dùng; không quyết định điều gì",
    "mail": "thư nhắc việc đi và kết quả gửi; không quyết định điều gì của phong trào",
    "mail_preference": "cách nhận thư của mỗi người; không quyết định điều gì của phong trào",
    "notice": "việc được nhắc và lúc đọc; không quyết định điều gì của phong trào",
    "view_key": "khoá đếm người đọc của một ngày, hết ngày thì bỏ; không quyết định điều gì",
    "post_reader": "người đọc trong ngày, để đếm lượt xem; không quyết định điều gì",
    "post_views": "số lượt xem bài, không quyết định điều gì",
    "proof_run": "lần đối chiếu; đầu chuỗi trong đó được so lại với chuỗi",
    "sign_on_session": "phiên bắt đầu từ nhà cung cấp, hết hạn thì xoá; không quyết định điều gì",
    "spent_sign_on": "dấu của lần trở về đã dùng, hết hạn thì xoá; không quyết định điều gì",
    "urn": "hòm phiếu kín đã mã hoá: ghi mỗi phiếu vào nhật ký là để lộ lá phiếu",
}
FINGERPRINTS = {
    "calendar_feed.token_hash",
    "campaign.token",
    "correction_round.before",
    "one_time_link.token_hash",
    "paper_template.content",
    "recovery_code.code_hash",
    "second_factor.secret",
    "stock_scan.content",
    "user_account.password_hash",
}
"""Of these the record holds a fingerprint only, and so notices every change."""


def test_only_these_tables_and_columns_stand_outside_the_record_each_with_a_reason():
    outside = {table.name for table in Base.metadata.sorted_tables if not tables.is_audited(table)}
    assert outside == set(EXEMPT)
    assert EXEMPT == EXEMPT_TABLES
    assert EXEMPT_COLUMNS == {
        "audit_entry.request_id": (
            "mã của yêu cầu trong nhật ký máy chủ, để tra sự cố; không quyết định gì"
        ),
        "audit_entry.settles": "suy ra từ nội dung của dòng; được tính lại khi đối chiếu",
    }


def test_every_column_of_every_other_table_is_in_the_record():
    missing, fingerprints = set(), set()
    for table in tables.audited():
        recorded = {
            column.key for column in tables.columns_of(table).values() if isinstance(column, Column)
        }
        missing |= {f"{table.name}.{name}" for name in set(table.columns.keys()) - recorded}
        fingerprints |= {f"{table.name}.{name}" for name in tables.hidden_of(table)}
    assert missing == set()
    assert fingerprints == FINGERPRINTS
