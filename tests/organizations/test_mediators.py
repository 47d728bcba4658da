"""Registers of mediators: masked names, told apart by telephone, and nobody counted twice."""

from dataclasses import replace

import pytest
from django.conf import settings as configured
from pytest_django import DjangoAssertNumQueries, Settings

from casetrack.organizations.models import Mediator, Organization, Region, Sex
from casetrack.organizations.operations import MediatorRow, Outcome, ensure_mediator, load_mediators

XU = MediatorRow("许某", "兴国镇人民调解委员会", Sex.MALE, True, "本科", "17714851003")
OTHER_XU = replace(XU, sex=Sex.FEMALE, education="高中", phone="18916649714")


def outcomes(county: Region, *rows: MediatorRow) -> list[Outcome]:
    return [result.outcome for result in load_mediators(county=county, rows=rows)]


def without_phone(row: MediatorRow) -> MediatorRow:
    return replace(row, phone="")


@pytest.mark.usefixtures("committee")
class TestARegisterOfMediators:
    """In a county with one committee."""

    def test_two_people_of_one_masked_name_are_two_mediators(self, qinan: Region) -> None:
        assert outcomes(qinan, XU, OTHER_XU) == [Outcome.CREATED, Outcome.CREATED]

    def test_sent_twice_changes_nothing(self, qinan: Region) -> None:
        outcomes(qinan, XU, OTHER_XU)

        assert outcomes(qinan, OTHER_XU, XU) == [Outcome.UNCHANGED, Outcome.UNCHANGED]

    def test_sent_twice_without_telephones_changes_nothing(self, qinan: Region) -> None:
        rows = [without_phone(XU), without_phone(OTHER_XU), without_phone(XU)]
        assert outcomes(qinan, *rows) == [Outcome.CREATED] * 3

        assert outcomes(qinan, *reversed(rows)) == [Outcome.UNCHANGED] * 3

    def test_the_same_register_without_its_telephones_keeps_them(self, qinan: Region) -> None:
        outcomes(qinan, XU, OTHER_XU)

        assert outcomes(qinan, without_phone(OTHER_XU), without_phone(XU)) == [Outcome.UNCHANGED] * 2
        assert {mediator.phone for mediator in Mediator.objects.all()} == {XU.phone, OTHER_XU.phone}

    def test_a_telephone_learnt_later_is_written_to_the_likeliest_person(self, qinan: Region) -> None:
        outcomes(qinan, without_phone(XU), without_phone(OTHER_XU))

        assert outcomes(qinan, OTHER_XU) == [Outcome.CHANGED]
        assert Mediator.objects.get(sex=Sex.FEMALE).phone == OTHER_XU.phone
        assert Mediator.objects.get(sex=Sex.MALE).phone == ""

    def test_another_telephone_is_another_person(self, qinan: Region) -> None:
        outcomes(qinan, XU)

        assert outcomes(qinan, replace(XU, phone="13683014521")) == [Outcome.CREATED]

    def test_a_telephone_written_another_way_is_the_same(self, qinan: Region) -> None:
        outcomes(qinan, XU)

        assert outcomes(qinan, replace(XU, phone="177-1485-1003")) == [Outcome.UNCHANGED]

    def test_a_changed_fact_changes_its_mediator(self, qinan: Region) -> None:
        outcomes(qinan, XU)

        assert outcomes(qinan, replace(XU, full_time=False)) == [Outcome.CHANGED]
        assert not Mediator.objects.get().full_time

    def test_a_person_repeated_in_one_file_is_one_and_refused_with_other_content(self, qinan: Region) -> None:
        assert outcomes(qinan, XU, XU, replace(XU, education="初中")) == [
            Outcome.CREATED,
            Outcome.UNCHANGED,
            Outcome.REJECTED,
        ]

    def test_an_unknown_committee_is_named_in_the_refusal(self, qinan: Region) -> None:
        bad, good = load_mediators(county=qinan, rows=[replace(XU, organization_name="兴丰镇调委会"), XU])

        assert "没有名为“兴丰镇调委会”的调解组织" in bad.reason
        assert good.outcome is Outcome.CREATED

    def test_a_committee_of_another_county_is_unknown(self, gangu: Region) -> None:
        assert outcomes(gangu, XU) == [Outcome.REJECTED]

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            (replace(XU, name=""), "姓名"),
            (replace(XU, sex="男"), "性别“男”"),
            (replace(XU, education="本" * 33), "文化程度"),
        ],
    )
    def test_a_row_that_cannot_be_taken_says_why(self, qinan: Region, row: MediatorRow, reason: str) -> None:
        (result,) = load_mediators(county=qinan, rows=[row])

        assert result.outcome is Outcome.REJECTED
        assert reason in result.reason

    def test_people_are_recognised_while_keys_are_changed(self, qinan: Region, settings: Settings) -> None:
        outcomes(qinan, XU)

        settings.FIELD_KEYS = [b"a new key of thirty-two bytes ok", *configured.FIELD_KEYS]

        assert outcomes(qinan, XU) == [Outcome.UNCHANGED]

    def test_a_large_register_asks_no_more_than_a_small_one(
        self, qinan: Region, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        rows = [replace(XU, phone=f"138{n:08}") for n in range(500)]

        with django_assert_max_num_queries(6):
            assert outcomes(qinan, *rows) == [Outcome.CREATED] * 500

    def test_a_single_mediator_comes_back_with_the_outcome(self, qinan: Region, committee: Organization) -> None:
        mediator, outcome = ensure_mediator(county=qinan, row=XU)

        assert outcome is Outcome.CREATED
        assert list(committee.mediators.all()) == [mediator]
