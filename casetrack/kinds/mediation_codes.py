"""What mediation records: the ministry's lists, and those that the statutes give grounds and stages in."""

from casetrack.kinds.base import Choice, Field, FieldType

# 15 types of the ministry's form with the leaves its sums need (dossier A3.1); 继承 is reported under 婚姻家庭
CATEGORIES = (
    Choice("marriage_family", "婚姻家庭纠纷", ("婚姻家庭", "婚姻纠纷", "家庭纠纷", "婚姻、家庭纠纷")),
    Choice("inheritance", "继承纠纷", ("继承", "不动产继承纠纷", "遗产继承纠纷")),
    Choice("neighbour", "邻里纠纷", ("邻里", "邻里关系纠纷", "相邻关系纠纷")),
    Choice("house_homestead", "房屋宅基地纠纷", ("房屋、宅基地纠纷", "房屋宅基地", "宅基地纠纷", "房屋纠纷")),
    Choice("contract", "合同纠纷", ("合同",)),
    Choice("production_business", "生产经营纠纷", ("生产经营",)),
    Choice("damages", "损害赔偿纠纷", ("损害赔偿", "赔偿纠纷")),
    Choice("forest_land", "山林土地纠纷", ("山林、土地纠纷", "山林土地", "土地纠纷", "土地承包纠纷")),
    Choice("land_taking", "征地拆迁纠纷", ("征地拆迁", "征地、拆迁纠纷", "拆迁纠纷")),
    Choice("pollution", "环境污染纠纷", ("环境污染", "环境保护纠纷")),
    Choice("migrant_wages", "拖欠农民工工资纠纷", ("拖欠农民工工资", "欠薪纠纷", "农民工工资纠纷")),
    Choice("labour", "劳动争议纠纷", ("劳动争议", "劳动纠纷", "其他劳动争议纠纷")),
    Choice("tourism", "旅游纠纷", ("旅游消费纠纷",)),
    Choice("e_commerce", "电子商务纠纷", ("电商纠纷",)),
    Choice("consumer", "消费纠纷", ("消费", "其他消费纠纷", "消费者权益纠纷")),
    Choice("medical", "医疗纠纷", ("医疗", "医患纠纷")),
    Choice("traffic", "道路交通事故纠纷", ("交通事故纠纷", "道路交通纠纷", "道路交通事故")),
    Choice("property_management", "物业纠纷", ("物业", "物业管理纠纷")),
    Choice("other", "其他纠纷", ("其他", "其它纠纷", "其它")),
)
SOURCES = (
    Choice("application", "当事人申请", ("依申请调解", "依申请", "申请调解", "申请")),
    Choice("active", "主动调解", ("主动", "排查发现")),
    Choice("court", "法院委托移送", ("法院委派", "法院委托", "法院移送", "法院")),
    Choice("procuratorate", "检察院委托移送", ("检察院移送", "检察院")),
    Choice("police", "公安机关委托移送", ("公安移送", "公安移交", "公安委托", "公安机关移送", "公安", "派出所移送")),
    Choice("petition", "信访部门委托移送", ("信访部门移送", "信访移送", "信访局移送", "信访")),
    Choice("other_department", "其他部门委托移送", ("其他部门移送", "其他部门", "政府部门指定")),
)
OUTCOMES = (
    Choice("succeeded", "调解成功"),
    Choice("failed", "调解不成"),
    Choice("not_accepted", "不予受理"),
    Choice("withdrawn", "撤回申请"),
    Choice("transferred", "移送其他机关、组织"),
    Choice("merged", "并案处理"),
)
AGREEMENTS = (
    Choice("oral", "口头协议", ("口头",)),
    Choice("written", "书面协议", ("书面", "调解协议书", "书面调解协议")),
)
COURT_STAGES = (
    Choice("before_filing", "立案前委派"),
    Choice("after_filing", "立案后委托（普通程序）"),
    Choice("after_filing_summary", "立案后委托（简易程序）"),
)
ENTRUSTED = ("court", "procuratorate", "police", "petition", "other_department")
LABOUR = ("labour", "migrant_wages")
REFUSALS = (
    Choice("reserved", "法律规定由专门机关管辖，或者禁止民间调解"),
    Choice("taken_up", "法院、公安机关或者其他行政机关已经受理或者解决"),
    Choice("party_refuses", "一方当事人明确拒绝调解"),
    Choice("administrative", "行政争议等不能移送调解的信访事项"),
)
DANGERS = (
    Choice("escalation", "纠纷可能激化，已采取预防措施"),
    Choice("public_security", "可能引起治安案件，已报告公安机关"),
    Choice("criminal", "可能引起刑事案件，已报告公安机关"),
)
FAILURES = (
    Choice("party_refuses", "当事人拒绝或者放弃调解"),
    Choice("no_agreement", "不可能达成协议"),
    Choice("impossible", "发生其他情况，无法继续调解"),
    Choice("term_over", "期满未达成协议"),
    Choice("unreachable", "无法联系当事人"),
    Choice("will_not_sign", "当事人不签署协议"),
    Choice("other", "其他"),
)
SESSION_MODES = (Choice("on_site", "现场"), Choice("phone", "电话"), Choice("online", "在线"))
PERFORMANCE = (
    Choice("partial", "部分履行"),
    Choice("full", "全部履行"),
    Choice("defaulted", "未按约定履行"),
)
CONFIRMATIONS = (
    Choice("applied", "已申请"),
    Choice("filed", "法院已受理"),
    Choice("valid", "裁定有效"),
    Choice("not_accepted", "不予受理"),
    Choice("withdrawn", "撤回申请"),
    Choice("rejected", "裁定驳回申请"),
    Choice("lapsed", "逾期未申请"),
)
COURT_DOCUMENTS = (Choice("mediation_document", "调解书"), Choice("withdrawal", "准许撤诉"))
VISIT_FINDINGS = (
    Choice("performed", "协议已履行"),
    Choice("performing", "正在履行"),
    Choice("not_performed", "未履行"),
    Choice("in_court", "已诉讼或者仲裁"),
    Choice("wrong", "调解有误"),
    Choice("escalating", "有激化的苗头"),
)

FIELDS = (
    Field("category", "纠纷类型", FieldType.CHOICE, CATEGORIES, dimension=True),
    Field("source", "案件来源", FieldType.CHOICE, SOURCES, dimension=True),
    Field("difficult", "疑难复杂案件", FieldType.FLAG, dimension=True),
    Field("persons", "涉及当事人数", FieldType.INTEGER, most=100_000),
    Field("summary", "纠纷简要情况", personal=True),
    Field("agreement", "协议形式", FieldType.CHOICE, AGREEMENTS, dimension=True),
    Field("amount", "协议涉及金额", FieldType.MONEY),
    Field("outcome", "调解结果", FieldType.CHOICE, OUTCOMES, dimension=True),
    Field("court", "确认法院"),
    Field("court_stage", "法院委派、委托阶段", FieldType.CHOICE, COURT_STAGES),
    Field("online", "在线调解", FieldType.FLAG),
    Field("entrusted_by", "委托、移送单位"),
    Field("signed_on", "签收委派、委托材料之日", FieldType.DATE),
    Field("consent", "双方当事人同意调解", FieldType.FLAG),
    Field("administrative", "属于行政争议", FieldType.FLAG),
    Field("refusal", "不予受理的事由", FieldType.CHOICE, REFUSALS),
    Field("chosen_by_parties", "由当事人选择调解员", FieldType.FLAG),
    Field("mediators", "调解员人数", FieldType.INTEGER, most=100),
    Field("session_mode", "调解方式", FieldType.CHOICE, SESSION_MODES),
    Field("open_session", "公开进行", FieldType.FLAG),
    Field("invited", "邀请参与调解的人数", FieldType.INTEGER, most=1000),
    Field("record", "调解、调查记录", personal=True),
    Field("danger", "激化风险", FieldType.CHOICE, DANGERS),
    Field("appraised", "鉴定事项", personal=True),
    Field("extended_by", "延长的时间（按该期限的单位）", FieldType.INTEGER, most=1000),
    Field("agreed_by_all", "各方当事人同意延长", FieldType.FLAG),
    Field("effective_on", "协议生效之日", FieldType.DATE),
    Field("performance_ended_on", "约定履行期间的最后一日", FieldType.DATE),
    Field("instalments", "约定履行的期数", FieldType.INTEGER, most=1000),
    Field("failure", "终止调解的事由", FieldType.CHOICE, FAILURES),
    Field("remedies_told", "已告知仲裁、行政、司法途径", FieldType.FLAG),
    Field("moved_to", "移送的机关、组织"),
    Field("merged_into", "并入的案号"),
    Field("instalment", "本期履行金额", FieldType.MONEY),
    Field("performance_state", "履行状态", FieldType.CHOICE, PERFORMANCE),
    Field("joint", "双方共同申请", FieldType.FLAG),
    Field("obstacle", "因不可抗力耽误期限", FieldType.FLAG),
    Field("confirmation_received_on", "法院收到司法确认申请之日", FieldType.DATE),
    Field("confirmation_filed_on", "法院立案之日", FieldType.DATE),
    Field("confirmation_state", "司法确认状态", FieldType.CHOICE, CONFIRMATIONS),
    Field("served_on", "收到裁定之日", FieldType.DATE),
    Field("court_document", "法院处理", FieldType.CHOICE, COURT_DOCUMENTS),
    Field("finding", "回访情况", FieldType.CHOICE, VISIT_FINDINGS),
    Field("visit_note", "回访记录", personal=True),
    Field("papers_complete", "必备文书齐全", FieldType.FLAG),
)

COMMITTEE_KIND = Field(
    "committee_kind",
    "调委会类型",
    FieldType.CHOICE,
    (
        Choice("township", "乡镇街道"),
        Choice("subdistrict", "街道", listed=False),
        Choice("village", "村"),
        Choice("community", "社区"),
        Choice("enterprise", "企事业单位"),
        Choice("social", "社会团体和其他组织"),
        Choice("professional", "行业性专业性"),
        Choice("county_centre", "县级调解中心"),
    ),
    dimension=True,
)
