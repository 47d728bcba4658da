"""The code lists of litigation: instances, how they end, and what is recorded of hearings and of the court's course."""

from casetrack.kinds.base import Choice

DIVISIONS = (
    Choice("administrative", "行政", ("行政案件", "行政诉讼")),
    Choice("civil", "民事", ("民事案件", "民事诉讼")),
)
INSTANCES = (
    Choice("first", "一审", ("第一审", "初审")),
    Choice("second", "二审", ("第二审", "上诉")),
    Choice("retrial_review", "再审审查", ("申请再审",)),
    Choice("retrial", "再审"),
)
OUTCOMES = (
    Choice("claims_dismissed", "驳回原告诉讼请求", ("驳回诉讼请求", "驳回原告诉请", "驳回诉请", "判决驳回")),
    Choice("suit_dismissed", "驳回起诉", ("裁定驳回起诉",)),
    Choice("withdrawn", "原告撤诉", ("撤诉", "准许撤诉", "准予撤诉", "按撤诉处理", "裁定准许撤诉")),
    Choice("act_revoked", "撤销行政行为", ("撤销", "撤销原行政行为", "撤销原具体行政行为", "判决撤销", "撤销并重作")),
    Choice("partly_revoked", "部分撤销", ("部分撤销行政行为",)),
    Choice("unlawful", "确认违法", ("确认行政行为违法",)),
    Choice("void", "确认无效"),
    Choice("changed", "变更", ("判决变更",)),
    Choice("ordered", "责令履行法定职责", ("责令履行", "履行法定职责", "限期履行")),
    Choice("payment", "给付", ("判决给付",)),
    Choice("compensation", "赔偿、补偿", ("赔偿", "补偿", "行政赔偿")),
    Choice("agreement_liability", "行政协议责任"),
    Choice("mediated", "调解", ("调解结案", "调解书")),
    Choice("terminated", "终结", ("终结诉讼",)),
    Choice("transferred", "移送", ("移送管辖",)),
    Choice("appeal_dismissed", "驳回上诉维持原判", ("维持原判", "驳回上诉", "驳回上诉，维持原判", "驳回上诉,维持原判")),
    Choice("reversed", "改判", ("二审改判",)),
    Choice("remanded", "发回重审"),
    Choice("appeal_withdrawn", "撤回上诉", ("准许撤回上诉",)),
    Choice("retrial_refused", "驳回再审申请"),
    Choice("retrial_ordered", "裁定再审", ("提审", "指令再审")),
    Choice("retrial_upheld", "再审维持原裁判"),
    Choice("supported", "支持原告诉讼请求", ("支持", "全部支持", "支持诉讼请求")),
    Choice("partly_supported", "部分支持原告诉讼请求", ("部分支持",)),
    Choice("other", "其他", ("其它",)),
)
STILL_OPEN = Choice("open", "审理中", ("正在审理", "未结", "未审结", "待开庭", "未判决", "中止"))
YES_NO = (Choice("yes", "是", ("出庭", "已出庭", "√", "有")), Choice("no", "否", ("未出庭", "不出庭", "×", "无")))

CAPACITIES = (
    Choice("act", "作出行政行为的机关", ("单独应诉", "原行政行为机关单独应诉", "原行政行为机关")),
    Choice("reconsideration", "复议机关", ("复议机关单独应诉",)),
    Choice("joint", "作出行政行为的机关和复议机关共同被告", ("共同应诉", "共同被告")),
    Choice("defendant", "被告（民事）"),
    Choice("plaintiff", "原告（民事）"),
    Choice("third_party", "第三人"),
)
PROCEDURES = (Choice("ordinary", "普通程序"), Choice("simplified", "简易程序"))
DOCUMENTS = (
    Choice("judgment", "判决书"),
    Choice("ruling", "裁定书"),
    Choice("mediation", "调解书"),
    Choice("decision", "决定书"),
)
APPEALED = (Choice("judgment", "判决"), Choice("ruling", "裁定"))
# of two defendants the court also rules on the reconsideration decision
RECONSIDERATION_OUTCOMES = (
    Choice("claims_dismissed", "驳回对复议决定的诉讼请求"),
    Choice("revoked", "撤销复议决定"),
    Choice("unlawful", "确认复议决定或者复议程序违法"),
    Choice("void", "确认复议决定无效"),
    Choice("changed", "变更复议决定"),
    Choice("ordered", "责令作出复议决定"),
    Choice("other", "其他"),
)
WITHDRAWALS = (
    Choice("own", "自愿撤诉"),
    Choice("after_change", "被告改变行政行为后撤诉"),
    Choice("deemed", "按撤诉处理"),
)
ENDS = (
    Choice("no_heir", "原告死亡，没有近亲属或者近亲属放弃"),
    Choice("no_successor", "原告终止，承受人放弃"),
    Choice("ninety_days", "中止满九十日，仍无人继续诉讼"),
    Choice("other", "其他"),
)
SUSPENSIONS = (
    Choice("plaintiff_died", "原告死亡，近亲属尚未表明是否参加"),
    Choice("capacity_lost", "原告丧失诉讼行为能力，法定代理人尚未确定"),
    Choice("entity_ended", "一方当事人终止，权利义务承受人尚未确定"),
    Choice("force_majeure", "因不可抗力不能参加诉讼"),
    Choice("legal_question", "法律适用问题需要有权机关解释或者确认"),
    Choice("other_case", "须以其他案件的审理结果为依据"),
    Choice("other", "其他"),
)
NINETY_DAY_GROUNDS = ("plaintiff_died", "capacity_lost", "entity_ended")
RANKS = (
    Choice("chief", "正职"),
    Choice("deputy", "副职"),
    Choice("participating", "参与分管的负责人"),
)
EXCUSES = (
    Choice("force_majeure", "不可抗力"),
    Choice("accident", "意外事件"),
    Choice("public_duty", "需要履行他人不能代替的公务"),
    Choice("other", "其他正当事由"),
)
SIDES = (Choice("us", "本方"), Choice("opposite", "对方"), Choice("both", "双方"))
ABOUT = (Choice("general", "一般"), Choice("normative", "规范性文件"))
MEASURES = (
    Choice("deduction", "划拨"),
    Choice("fine", "对负责人按日罚款"),
    Choice("announcement", "公告"),
    Choice("suggestion", "向监察机关或者上一级机关提出司法建议"),
    Choice("detention", "拘留或者追究刑事责任"),
)
SERVED_TO = (Choice("us", "本方"), Choice("opposite", "对方当事人"), Choice("other", "其他当事人"))

# what an instance can't end in, since only another one can
RETRIAL_RULINGS = ("retrial_refused", "retrial_ordered")
IMPOSSIBLE = {
    "first": ("appeal_dismissed", "reversed", "remanded", "appeal_withdrawn", "retrial_upheld", *RETRIAL_RULINGS),
    "second": ("retrial_upheld", *RETRIAL_RULINGS),
    "retrial_review": ("appeal_dismissed", "reversed", "remanded", "appeal_withdrawn", "retrial_upheld"),
    "retrial": ("appeal_withdrawn", *RETRIAL_RULINGS),
}
# of which only the decision appealed against tells who lost
UNTOLD = ("appeal_dismissed", "reversed", "retrial_upheld")
