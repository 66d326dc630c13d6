"""Words that leaked passwords are made of (từ hay bị đoán): ours, gathered by kind; `passwords` says how they count."""

from __future__ import annotations

# Written without diacritics and spaces, as `fold` and the readings of a password give them.
_KINDS = {
    "what a password is called": "password passwort pass matkhau mk matkhaumoi matkhaucu",
    "who it lets in": "admin administrator root user guest login welcome quantri quantrivien nguoidung taikhoan khach",
    "how it is left": "changeme default secret test testing demo temp temporary letmein access master hello xinchao",
    "keys": "qwerty asdf asdfgh zxcv zxcvbn qaz qazwsx abc abcd abcdef",
    "love": "iloveyou love anhyeuem emyeuanh yeuem yeuanh anhnhoem emnhoanh tinhyeu yeumaimai anhem vochong "
    "boyeucon meyeucon conyeu giadinh hanhphuc maimai mainho congchua hoangtu",
    "wishes": "maymandi mayman phattai phatloc tailoc vanphuc thanhcong chucmung namoi nammoi happynewyear",
    "play and sport": "football baseball soccer superman batman spiderman pokemon dragon monkey shadow sunshine "
    "princess killer ninja naruto bongda lienquan ronaldo messi realmadrid barcelona chelsea arsenal "
    "liverpool",
    "names": "nguyen tran pham hoang phan huynh dang bui duong anh linh huong hung dung tuan minh thao trang "
    "phuong thuy ngoc lan mai hoa hai nam long quan son",
    "places": "vietnam hanoi saigon tphcm hochiminh danang haiphong cantho hue nhatrang dalat vungtau quangninh nghean "
    "thanhhoa bacninh phutho quangtri dongnai binhduong",
    "who works here": "motcua dichvucong hanhchinhcong hanhchinh ubnd uybannhandan ubndxa ubndphuong trungtam congchuc "
    "canbo vienchuc phongban vanphong vanthu lanhdao chutich congan tuphap hotich chungthuc canbomotcua coquan",
    "times": "thang ngay nam xuan ha thu dong tet monday friday january summer winter spring",
    "things kept by heart": "internet computer maytinh dienthoai samsung iphone viettel vinaphone mobifone zalo "
    "facebook google youtube",
}
# The longest first, so that "matkhaumoi" is one word and not "matkhau" with a rest.
WORDS = tuple(sorted({word for words in _KINDS.values() for word in words.split()}, key=len, reverse=True))
