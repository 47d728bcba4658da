"""What petitions record: the forms' lists, and those that the regulations give grounds and routes in."""

from casetrack.kinds.base import Choice, Field, FieldType

CHANNELS = (
    Choice("letter", "来信", ("书信", "信件", "群众来信")),
    Choice("visit", "来访", ("走访", "接访", "群众来访")),
    Choice("online", "网上投诉", ("网信", "网上信访", "网络", "信息网络", "电子邮件", "网上")),
    Choice("phone", "来电", ("电话",)),
    Choice("fax", "传真"),
    Choice("delegated", "上级交办", ("交办", "省市交办", "省、市交办", "上级转办", "领导批示交办")),
)
PURPOSES = (
    Choice("suggestion", "建议意见", ("意见建议", "建议", "意见")),
    Choice("accusation", "检举控告", ("检举", "控告", "举报", "揭发控告")),
    Choice("appeal", "申诉求决", ("申诉", "求决", "申诉、求决")),
    Choice("other", "其他", ("其它", "咨询", "感谢")),
)
CONTENTS = (
    Choice("urban_construction", "城乡建设", ("住房城乡建设", "住建")),
    Choice("natural_resources", "自然资源", ("国土资源", "土地", "国土")),
    Choice("civil_affairs", "民政"),
    Choice("transport", "交通运输", ("交通",)),
    Choice("health", "卫生健康", ("卫生计生", "卫生", "医疗卫生")),
    Choice("labour_social_security", "劳动社保", ("劳动和社会保障", "人力资源和社会保障", "人社")),
    Choice("rural_agriculture", "农村农业", ("农业农村", "农业", "三农")),
    Choice("education", "教育"),
    Choice("politics_law", "政法", ("涉法涉诉",)),
    Choice("discipline", "纪检监察"),
    Choice("environment", "生态环境", ("环境保护", "环保")),
    Choice("market", "市场监管", ("工商", "经济管理")),
    Choice("other", "其他", ("其它",)),
)
OUTCOMES = (
    Choice("concluded", "办结（处理意见书）"),
    Choice("settled", "化解（调解、和解协议）"),
    Choice("not_accepted", "不予受理"),
    Choice("diverted", "导入法定程序"),
    Choice("withdrawn", "撤回"),
    Choice("told_elsewhere", "告知向有权机关提出"),
    Choice("returned", "退回转送、交办机关"),
    Choice("terminated", "终止"),
)
OPINIONS = (
    Choice("supported", "支持", ("予以支持",)),
    Choice("partly_supported", "部分支持"),
    Choice("explained", "解释说明", ("解释疏导",)),
    Choice("not_supported", "不支持", ("不予支持",)),
)
SATISFACTION = (
    Choice("satisfied", "满意"),
    Choice("basically_satisfied", "基本满意", ("较满意",)),
    Choice("dissatisfied", "不满意"),
)
INTAKES = (
    Choice("petition_office", "信访工作机构收到"),
    Choice("direct", "有权处理的机关、单位直接收到"),
    Choice("forwarded", "收到转送"),
    Choice("assigned", "收到交办"),
)
STAGES = (
    Choice("national", "国家信访局"),
    Choice("province", "省级"),
    Choice("city", "市级"),
    Choice("county", "县级"),
)
REFUSALS = (
    Choice("handled_below", "下级机关、单位已经受理或者正在办理"),
    Choice("final", "三级终结后仍以同一事实和理由提出"),
    Choice("statutory", "应当通过诉讼、仲裁、行政复议等法定途径解决"),
    Choice("other", "其他"),
)
ROUTES = (
    Choice("judicial", "诉讼、检察、公安程序"),
    Choice("arbitration", "仲裁"),
    Choice("party", "党员申诉"),
    Choice("administrative", "行政复议、裁决、确认、许可、处罚等行政程序"),
    Choice("duty", "申请查处违法行为、履行保护职责"),
)
TERMINATIONS = (
    Choice("no_successor", "信访人死亡，没有承受人"),
    Choice("untraceable", "姓名（名称）、住址不清，无法联系"),
)
GROUNDS = (
    Choice("overdue", "无正当理由未按期办结"),
    Choice("not_reported", "未按规定反馈办理结果"),
    Choice("procedure", "未按规定程序受理、办理"),
    Choice("shirking", "推诿、敷衍、拖延"),
    Choice("fraud", "弄虚作假"),
    Choice("not_carried_out", "不执行处理意见"),
    Choice("other", "其他"),
)
MEASURES = (
    Choice("supervise", "督办"),
    Choice("on_site", "实地督查"),
    Choice("talk", "约谈"),
    Choice("circular", "通报"),
    Choice("listed", "挂牌督办"),
)
PROPOSALS = (
    Choice("improve", "改进工作建议"),
    Choice("policy", "完善政策建议"),
    Choice("accountability", "追究责任建议"),
)
FINALITIES = (
    Choice("three_levels", "三级终结"),
    Choice("review_lapsed", "逾期未请求复查"),
    Choice("rereview_lapsed", "逾期未请求复核"),
)
GROUP = 5  # persons who make a visit one of a group, in practice
REPRESENTATIVES = 5

FIELDS = (
    Field("channel", "信访形式", FieldType.CHOICE, CHANNELS, dimension=True),
    Field("purpose", "信访目的", FieldType.CHOICE, PURPOSES, dimension=True),
    Field("category", "内容分类", FieldType.CHOICE, CONTENTS, dimension=True),
    Field("repeat", "重复信访", FieldType.FLAG, dimension=True),
    Field("group", "集体访", FieldType.FLAG, dimension=True),
    Field("persons", "人数", FieldType.INTEGER, most=100_000),
    Field("representatives", "代表人数", FieldType.INTEGER, most=100_000),
    Field("matter", "反映问题", personal=True),
    Field("responsible", "责任单位"),
    Field("intake", "收到方式", FieldType.CHOICE, INTAKES),
    Field("stage", "逐级转送的层级", FieldType.CHOICE, STAGES),
    Field("assigned_on", "交办之日", FieldType.DATE),
    Field("assigned_days", "指定的办理期限（日）", FieldType.INTEGER, most=3650),
    Field("handed_over_on", "责任单位收到之日", FieldType.DATE),
    Field("to_accused", "转给被检举、控告的人或者单位", FieldType.FLAG),
    Field("routed", "已转送、交办", FieldType.FLAG),
    Field("objection", "异议理由", personal=True),
    Field("identity_unclear", "姓名（名称）、住址不清", FieldType.FLAG),
    Field("simplified", "简易办理", FieldType.FLAG),
    Field("refusal", "不予受理的事由", FieldType.CHOICE, REFUSALS),
    Field("route", "法定途径", FieldType.CHOICE, ROUTES),
    Field("told_to", "告知的有权机关、单位"),
    Field("record", "调查、听证记录", personal=True),
    Field("extended_days", "延长的日数", FieldType.INTEGER, most=3650),
    Field("approved", "本机关、单位负责人批准", FieldType.FLAG),
    Field("reasons_told", "已告知信访人延期理由", FieldType.FLAG),
    Field("assigner_agreed", "交办机关同意延长", FieldType.FLAG),
    Field("opinion", "处理意见", FieldType.CHOICE, OPINIONS, dimension=True),
    Field("replied_publicly", "公开答复", FieldType.FLAG),
    Field("in_writing", "制作协议书", FieldType.FLAG),
    Field("termination", "终止的事由", FieldType.CHOICE, TERMINATIONS),
    Field("outcome", "办理结果", FieldType.CHOICE, OUTCOMES, dimension=True),
    Field("service_proved", "有送达凭证", FieldType.FLAG),
    Field("finality", "终结方式", FieldType.CHOICE, FINALITIES),
    Field("satisfaction", "满意度", FieldType.CHOICE, SATISFACTION, dimension=True),
    Field("ground", "督办的事由", FieldType.CHOICE, GROUNDS),
    Field("measure", "督办的方式", FieldType.CHOICE, MEASURES),
    Field("proposal", "建议的种类", FieldType.CHOICE, PROPOSALS),
    Field("proposal_received_on", "收到建议之日", FieldType.DATE),
    Field("adopted", "采纳建议", FieldType.FLAG),
    Field("leader_post", "包案领导的职务"),
    Field("measures", "化解措施", personal=True),
    Field("visitors", "本次人数", FieldType.INTEGER, most=100_000),
)
