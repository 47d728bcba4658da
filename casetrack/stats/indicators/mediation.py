"""The indicators of people's mediation, as reports and the official form name them."""

from datetime import date

from casetrack.stats.indicators.shorthand import amount, cohort, flow, of, persons, rate

SUBJECT = "mediation"
LAW = date(2011, 1, 1)  # 人民调解法: judicial confirmation of agreements
WRITTEN = (("agreement", ("written",)),)
FORM = "人民调解案件情况统计表"

MEDIATION = (
    flow(
        SUBJECT,
        "mediated",
        "调解",
        "统计期内调解终结（达成协议或调解不成）的纠纷数，按终结日期计。",
        column=f"{FORM} 调解案件总数",
    ),
    persons(
        SUBJECT,
        "mediated_persons",
        "调解案件当事人",
        "统计期内调解终结的纠纷所登记的当事人数之和，未登记人数的按一人计。",
        name="mediated",
        column=f"{FORM} 涉及当事人数",
    ),
    flow(SUBJECT, "succeeded", "调解成功", "统计期内达成调解协议的纠纷数。", column=f"{FORM} 调解成功"),
    flow(SUBJECT, "failed", "调解不成", "统计期内终止调解、未达成协议的纠纷数。"),
    flow(SUBJECT, "transferred", "移送", "统计期内移送其他机关、组织处理的纠纷数。"),
    flow(SUBJECT, "merged", "并案", "统计期内并入另一件纠纷的案件数。"),
    rate(
        SUBJECT,
        "success_rate",
        "调解成功率",
        "统计期内调解成功的纠纷数与调解终结的纠纷数的比例。",
        (of("succeeded"), of("mediated")),
        ("调解成功数", "调解终结数"),
        version="调解成功率·按调解终结数·1",
    ),
    rate(
        SUBJECT,
        "success_rate_of_received",
        "调解成功率（按收到数）",
        "统计期内调解成功的纠纷数与统计期内收到的纠纷数的比例，两者不是同一批案件，可能超过百分之百。",
        (of("succeeded"), of("received")),
        ("调解成功数", "收到数"),
        version="调解成功率·按收到数·1",
    ),
    flow(SUBJECT, "performed", "协议履行", "统计期内履行完毕的调解协议数。"),
    rate(
        SUBJECT,
        "performance_rate",
        "协议履行率",
        "统计期内收到的纠纷中，截至截止日达成协议的案件里已履行完毕的所占比例。",
        (cohort("performed"), cohort("succeeded")),
        ("已履行完毕的协议数", "达成协议数"),
        version="协议履行率·按达成协议数·1",
    ),
    flow(
        SUBJECT,
        "performance_due",
        "协议履行期满",
        "统计期内约定的履行期间届满的调解协议数（按约定履行期间的最后一日，达成协议时已过的按达成之日），没有记载履行期间的不计。",
    ),
    rate(
        SUBJECT,
        "performance_rate_of_due",
        "协议履行率（按履行期满数）",
        "统计期内收到的纠纷中，截至截止日约定的履行期间已经届满的协议里已履行完毕的所占比例，没有记载履行期间的不计。",
        (cohort("due_and_performed"), cohort("performance_due")),
        ("履行期满且已履行完毕的协议数", "履行期满的协议数"),
        version="协议履行率·按履行期满数·1",
    ),
    flow(SUBJECT, "confirmation_requested", "申请司法确认", "统计期内共同申请司法确认的调解协议数。", since=LAW),
    flow(SUBJECT, "judicially_confirmed", "司法确认", "统计期内经人民法院司法确认的调解协议数。", since=LAW),
    rate(
        SUBJECT,
        "confirmation_rate",
        "司法确认率",
        "统计期内收到的纠纷中，截至截止日达成协议的案件里已经司法确认的所占比例。",
        (cohort("judicially_confirmed"), cohort("succeeded")),
        ("经司法确认的协议数", "达成协议数"),
        version="司法确认率·按达成协议数·1",
        since=LAW,
    ),
    rate(
        SUBJECT,
        "confirmation_rate_of_written",
        "司法确认率（按书面协议）",
        "统计期内收到的纠纷中，截至截止日达成书面协议的案件里已经司法确认的所占比例。",
        (cohort("judicially_confirmed", where=WRITTEN), cohort("succeeded", where=WRITTEN)),
        ("经司法确认的书面协议数", "书面协议数"),
        version="司法确认率·按书面协议数·1",
        since=LAW,
    ),
    rate(
        SUBJECT,
        "confirmation_rate_of_requested",
        "司法确认率（按申请数）",
        "统计期内收到的纠纷中，截至截止日申请司法确认的案件里已经司法确认的所占比例。",
        (cohort("judicially_confirmed"), cohort("confirmation_requested")),
        ("经司法确认的协议数", "申请司法确认数"),
        version="司法确认率·按申请数·1",
        since=LAW,
    ),
    amount(
        SUBJECT,
        "agreement_amount",
        "协议涉及金额",
        "统计期内达成的调解协议所涉金额之和。",
        name="succeeded",
        column=f"{FORM} 协议涉及金额",
    ),
)
