"""Certification: what a row costs, what a grid may say, how numbers are told."""

from __future__ import annotations

import pytest

from app.domain.certification import Kind, Medium, Paper, Tariff, numbers_text, problems, series_of

COPIES = Tariff("page", 2, 2_000, 1_000, 200_000)
SIGNATURES = Tariff("case", 0, 10_000, 0, None)


@pytest.mark.parametrize(
    ("pages", "copies", "fee"),
    [
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (1, 10, 20_000),
        (12, 10, 140_000),
        (2, 10, 40_000),
        (198, 1, 200_000),
        (199, 1, 200_000),  # the cap is per copy …
        (400, 3, 600_000),  # … and not per request
    ],
)
def test_a_copy_costs_by_the_pages_of_its_original(pages: int, copies: int, fee: int) -> None:
    assert COPIES.of(Paper("Học bạ", pages, copies)) == fee


def test_a_signature_costs_by_the_case() -> None:
    assert SIGNATURES.of(Paper("Giấy ủy quyền", 3, 2)) == 10_000


@pytest.mark.parametrize(
    ("paper", "kind", "cells"),
    [
        (Paper("Bằng", 1, 1), Kind.COPY, []),
        (Paper(" ", 1, 1), Kind.COPY, ["papers.1.title"]),
        (Paper("Bằng", 0, 501), Kind.COPY, ["papers.1.pages", "papers.1.copies"]),
        (Paper("x" * 201, 2_001, 1), Kind.COPY, ["papers.1.title", "papers.1.pages"]),
        (Paper("Đơn", 1, 1, Medium.ELECTRONIC), Kind.SIGNATURE, ["papers.1.medium"]),
    ],
)
def test_every_wrong_cell_is_named(paper: Paper, kind: Kind, cells: list[str]) -> None:
    assert [found.where for found in problems([paper], kind)] == cells


def test_an_empty_and_an_overfull_grid_are_refused() -> None:
    assert [found.code for found in problems([], Kind.COPY)] == ["nothing_to_certify"]
    assert "too_many_papers" in [found.code for found in problems([Paper("Bằng", 1, 1)] * 41, Kind.COPY)]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [([], ""), ([7], "7"), ([7, 8, 9], "7–9"), ([9, 7], "7, 9"), ([1, 2, 5, 6, 8], "1–2, 5–6, 8")],
)
def test_numbers_are_told_in_runs(numbers: list[int], said: str) -> None:
    assert numbers_text(numbers) == said


def test_each_kind_has_its_book() -> None:
    assert series_of(Kind.COPY, Medium.PAPER) == "SCT/BS"
    assert series_of(Kind.COPY, Medium.ELECTRONIC) == "SCTĐT/BS"
    assert series_of(Kind.SIGNATURE, Medium.PAPER) == "SCT/CK,ĐC"
