"""What a figure counts: by its own words, by what was spoken of, and where no number is written at all."""

import json

from reports.checking.checker import check


def tied(text: str) -> list[tuple[str, str, float, dict[str, str]]]:
    return [(claim.subject, claim.measure, float(claim.value), dict(claim.dimensions)) for claim in check(text).claims]


def test_a_clause_goes_on_about_what_the_sentence_began_with() -> None:
    assert tied("受理群众来信63件，办结57件，办结率90.5%；接待来访310件，办结294件。") == [
        ("petition", "received", 63, {"channel": "letter"}),
        ("petition", "closed", 57, {"channel": "letter"}),
        ("petition", "closure_rate", 90.5, {"channel": "letter"}),
        ("petition", "received", 310, {"channel": "visit"}),
        ("petition", "closed", 294, {"channel": "visit"}),
    ]


def test_behind_a_closed_bracket_the_sentence_goes_on_about_what_stood_before_it() -> None:
    assert tied("办理网上投诉和上级交办事项126件（其中网上投诉78件），办结112件，正在办理14件。") == [
        ("petition", "handled", 126, {"channel": "online,delegated"}),
        ("petition", "handled", 78, {"channel": "online"}),
        ("petition", "closed", 112, {"channel": "online,delegated"}),
        ("petition", "pending", 14, {"channel": "online,delegated"}),
    ]


def test_a_part_that_bears_the_bare_name_of_a_group_is_of_that_group() -> None:
    assert tied("共办理应诉案件15件，其中行政13件、民事2件。") == [
        ("litigation", "handled", 15, {}),
        ("litigation", "handled", 13, {"division": "administrative"}),
        ("litigation", "handled", 2, {"division": "civil"}),
    ]


def test_what_is_left_behind_a_semicolon_is_of_the_group_spoken_of() -> None:
    assert tied("行政诉讼案件审结5件，其中撤诉2件；尚在审理8件。")[-1] == (
        "litigation",
        "pending",
        8,
        {"division": "administrative"},
    )


def test_values_named_together_are_claimed_together() -> None:
    assert tied("网上投诉和上级交办信访事项共126件。") == [
        ("petition", "received", 126, {"channel": "online,delegated"})
    ]


def test_what_is_said_of_all_is_a_claim_of_its_own() -> None:
    assert tied("受理信访复查事项13件，已全部办结。") == [
        ("petition_review", "accepted", 13, {"level": "review"}),
        ("petition_review", "closed", 13, {"level": "review"}),
    ]
    assert tied("审结行政复议案件5件，均为维持原行政行为。") == [
        ("reconsideration", "concluded", 5, {}),
        ("reconsideration", "decided", 5, {"outcome": "upheld"}),
    ]


def test_heads_who_all_appeared_are_a_rate_of_a_hundred_per_cent() -> None:
    assert tied("每一起行政应诉案件，县政府领导均出庭应诉。") == [("litigation", "head_appearance_rate", 100, {})]


def test_what_stayed_as_it_was_changed_by_nothing() -> None:
    claim = check("收到行政复议申请3件，与去年同期持平。").claims[1]

    assert (claim.subject, claim.measure, claim.value, claim.unit) == (
        "reconsideration",
        "received_year_on_year",
        0,
        "%",
    )


def test_the_rest_that_no_number_is_given_of_is_what_is_left() -> None:
    assert tied("受理信访事项40件，办结37件，其余正在办理。")[-1] == ("petition", "pending", 3, {})


def test_last_years_figure_is_told_apart() -> None:
    claims = check("收到网上信访310件，比去年的280件下降5%。").claims

    assert [(claim.subject, claim.period, claim.change) for claim in claims] == [
        ("petition", "", ""),
        ("petition", "last", ""),
        ("petition", "", "down"),
    ]


def test_other_things_are_counted_in_general_and_do_not_carry_a_subject_on() -> None:
    assert tied("调解纠纷12件。政务大厅受理服务事项13830件，办结13800件。") == [
        ("mediation", "mediated", 12, {}),
        ("general", "", 13830, {}),
        ("general", "", 13800, {}),
    ]


def test_names_listed_before_their_numbers_are_tied_one_by_one() -> None:
    assert tied("群众来信、网上信访、电话信访分别为62件、1204件、318件。") == [
        ("petition", "received", 62, {"channel": "letter"}),
        ("petition", "received", 1204, {"channel": "online"}),
        ("petition", "received", 318, {"channel": "phone"}),
    ]


def test_several_rates_that_share_a_number_are_claims_each() -> None:
    assert [claim[:3] for claim in tied("信访事项及时受理率、按期办结率均为100%。")] == [
        ("petition", "timely_acceptance_rate", 100),
        ("petition", "timely_conclusion_rate", 100),
    ]


def test_a_count_that_is_qualified_is_not_taken_for_the_whole() -> None:
    assert [(claim.measure, claim.narrowed) for claim in check("化解疑难信访案件33件。").claims] == [("settled", True)]
    assert [(claim.measure, claim.narrowed) for claim in check("受理信访事项120件，其中涉农20件。").claims] == [
        ("received", False),
        ("received", True),
    ]


def test_parts_of_an_announced_breakdown_are_of_its_total_wherever_they_stand() -> None:
    text = "受理行政复议案件50件。从申请复议的事项看，行政处罚30件，占60%；道路命名12件，占24%。办理行政许可8件。"

    assert [(claim.subject, float(claim.value)) for claim in check(text).claims] == [
        ("reconsideration", 50),
        ("reconsideration", 30),
        ("reconsideration", 60),
        ("reconsideration", 12),
        ("reconsideration", 24),
        ("general", 8),
    ]


def test_a_count_of_unknown_words_is_of_what_its_sentence_counts_but_no_measure_of_it() -> None:
    assert tied("受理信访事项63件，逐件分送5件，修建公路4公里，印发手册300件。") == [
        ("petition", "received", 63, {}),
        ("petition", "", 5, {}),
        ("general", "", 300, {}),
    ]


def test_what_fits_the_figures_of_a_subject_is_of_it() -> None:
    assert [claim.subject for claim in check("接收案件900件，调解成功540件，成功率60%。").claims] == ["mediation"] * 3
    assert [claim.subject for claim in check("受理劳动仲裁案件90件，调解54件，裁决36件。").claims] == ["general"] * 3


def test_the_last_thing_that_words_name_is_what_is_counted() -> None:
    assert [claim.subject for claim in check("召开信访案件联席会议21次。").claims] == ["general"]


def test_a_change_against_another_month_is_none_of_the_year() -> None:
    assert [claim.measure for claim in check("收到信访事项41件，环比减少9件，下降18%。").claims] == ["received", "", ""]
    assert tied("收到信访事项41件，同比下降18%。")[1] == ("petition", "received_year_on_year", 18, {})


def test_a_rate_behind_its_points_is_named_by_them() -> None:
    assert tied("信访满意率较上年上升2.8个百分点，达到96.1%。")[1] == (
        "petition",
        "satisfaction_rate",
        96.1,
        {},
    )


def test_an_aim_is_no_claim() -> None:
    assert tied("确保矛盾纠纷调解成功率达到98%以上。") == []


def test_claims_and_relations_are_written_as_json() -> None:
    checked = check("受理信访事项63件，办结57件，办结率90.5%。")

    claim, relation = checked.claims[2].as_json(), checked.relations[0].as_json()

    assert json.loads(json.dumps(claim, ensure_ascii=False)) == {
        "quote": "90.5%",
        "start": 19,
        "end": 24,
        "subject": "petition",
        "measure": "closure_rate",
        "value": 90.5,
        "unit": "%",
        "approx": False,
        "dimensions": {},
    }
    assert relation == {
        "kind": "ratio",
        "numbers": [57, 63],
        "stated": 90.5,
        "computed": 90.47619,
        "verdict": "rounded",
        "quote": "63件，办结57件，办结率90.5%",
    }
    assert checked.relations[0].claims == (1, 0, 2)
