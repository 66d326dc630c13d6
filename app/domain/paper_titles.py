"""Names of papers that people bring to be certified, by their shorthand (gõ tắt): habits of desks, not law."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SHORT: Mapping[str, str] = MappingProxyType(
    {
        "cc": "Căn cước công dân",
        "btn": "Bằng tốt nghiệp THPT",
        "bdh": "Bằng tốt nghiệp đại học",
        "bd": "Bảng điểm",
        "hb": "Học bạ THPT",
        "ks": "Giấy khai sinh",
        "kh": "Giấy chứng nhận kết hôn",
        "tthn": "Giấy xác nhận tình trạng hôn nhân",
        "hd": "Hợp đồng lao động",
        "qd": "Quyết định",
        "sd": "Giấy chứng nhận quyền sử dụng đất",
        "bl": "Giấy phép lái xe",
        "dkx": "Giấy chứng nhận đăng ký xe",
        "hc": "Hộ chiếu",
        "ccnn": "Chứng chỉ ngoại ngữ",
        "ccth": "Chứng chỉ tin học",
        "dkkd": "Giấy chứng nhận đăng ký doanh nghiệp",
        "ksk": "Giấy khám sức khỏe",
        "bh": "Thẻ bảo hiểm y tế",
        "uq": "Giấy ủy quyền",
    }
)


def written_out(typed: str) -> str:
    """Return the whole name of a shorthand; anything else stays as it was typed."""
    return SHORT.get(typed.strip().casefold(), typed)
