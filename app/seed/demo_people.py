"""Invented people (người trong dữ liệu mẫu): names put together by chance, numbers of a province that does not exist."""

from __future__ import annotations

from random import Random

from app.domain.people import IdKind, PersonData

_FAMILY = ("Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Lò Vi Quách Bế Nông Triệu Hà Đinh Mai Tạ").split()
_MIDDLE = {"Nam": "Văn Hữu Đức Minh Quang Công Thanh Xuân Bá Tiến".split(), "Nữ": "Thị Thu Ngọc Kim Thanh Bích Hồng Diệu".split()}
_GIVEN = {
    "Nam": "An Bình Cường Dũng Đạt Giang Hải Hiếu Hùng Khánh Long Nam Phong Quân Sơn Thắng Tuấn Việt Vinh Lâm".split(),
    "Nữ": "Anh Chi Dung Duyên Hà Hạnh Hiền Hoa Hương Lan Linh Mai Nga Nhung Oanh Phương Thảo Trang Vân Yến".split(),
}
_RARE = ("Y Blok Êban", "H'Hen Niê", "Siu Kơ Nin", "Giàng A Páo", "Thạch Sa Rây")
_HAMLETS = ("Đồi Chè", "Trung Tâm", "Bến Đá", "Suối Vàng", "Gò Mít", "Đình Cả", "Tân Lập")
_CENTURY_SEX = {("Nam", 19): 0, ("Nữ", 19): 1, ("Nam", 20): 2, ("Nữ", 20): 3}
NO_SUCH_PROVINCE = "099"


def person(dice: Random) -> PersonData:
    """Return an invented person with number, birth, address and phone; one in forty is known by birth year only."""
    sex = dice.choice(("Nam", "Nữ"))
    year = dice.randint(1945, 2006)
    birth = f"{dice.randint(1, 28):02d}/{dice.randint(1, 12):02d}/{year}"
    return PersonData(
        name=_name(dice, sex),
        id_kind=IdKind.CCCD,
        id_number=_number(dice, sex, year),
        birth=str(year) if dice.random() < 1 / 40 else birth,
        sex=sex,
        address=f"Xóm {dice.choice(_HAMLETS)}, xã Vĩnh An, tỉnh Sông Hồng",
        phone=f"09{dice.randint(10_000_000, 99_999_999)}",
    )


def _name(dice: Random, sex: str) -> str:
    if dice.random() < 1 / 30:
        return dice.choice(_RARE)
    return f"{dice.choice(_FAMILY)} {dice.choice(_MIDDLE[sex])} {dice.choice(_GIVEN[sex])}"


def _number(dice: Random, sex: str, year: int) -> str:
    century = _CENTURY_SEX[sex, year // 100]
    return f"{NO_SUCH_PROVINCE}{century}{year % 100:02d}{dice.randint(0, 999_999):06d}"
