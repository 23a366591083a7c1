"""Kiểm tra thực tế: until when visits are recorded, and by whom not."""

from collections.abc import Collection

from campaign.planning.rules import Phase


def no_more_inspections(phase: Phase) -> str:
    """Vì sao không kiểm tra nữa; empty while one may."""
    return (
        "Phong trào đã công bố kết quả nên biên bản kiểm tra không lập, không sửa nữa."
        if phase is Phase.PUBLISHED
        else ""
    )


def not_theirs_to_inspect(unit_id: int, own_unit_ids: Collection[int]) -> str:
    """Vì sao người này không kiểm tra đơn vị này; empty where they may."""
    return (
        "Đây là đơn vị của Ông/Bà; người khác kiểm tra và lập biên bản."
        if unit_id in own_unit_ids
        else ""
    )
