"""What a clerk may type where a whole number is asked: the number meant, or a sentence; never another number."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.web.desk.forms.checking import WholeNumber
from tests.support.apps import application


class Asked(Form):
    """A form of one number."""

    amount = WholeNumber()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("1.500", 1_500),
        ("1 500 000", 1_500_000),
        ("1.500.000.000", 1_500_000_000),
        ("", None),
        ("1.5", "wrong"),
        ("15.00", "wrong"),
        ("1,500", "wrong"),
        ("-3", "wrong"),
        ("٣", "wrong"),
        ("1" * 13, "wrong"),
        ("mười", "wrong"),
    ],
)
def test_a_number_is_read_as_meant_or_refused(house, typed, meant):
    with application(house).test_request_context():
        form = Asked(MultiDict({"amount": typed}))
        assert form.validate() is (meant != "wrong")
        assert form.amount.data == (None if meant == "wrong" else meant)
