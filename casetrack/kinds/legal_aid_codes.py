"""The code lists of legal aid: matters, routes, decisions, and the grounds that steps rest on."""

from casetrack.kinds.base import Choice

AID_TYPES = (
    Choice("civil", "民事", ("民事案件", "民事代理", "民事诉讼代理")),
    Choice("criminal", "刑事", ("刑事案件", "刑事辩护", "刑事辩护与代理")),
    Choice("administrative", "行政", ("行政案件", "行政诉讼代理")),
    Choice("state_compensation", "国家赔偿"),
    Choice("labour_arbitration", "劳动仲裁", ("劳动争议仲裁", "劳动争议调解与仲裁代理")),
    Choice("forensic_appraisal", "司法鉴定"),
    Choice("notarisation", "公证"),
    Choice("non_litigation", "非诉讼", ("非诉", "非诉讼代理")),
    Choice("other", "其他", ("其它",)),
)
OUTCOMES = (
    Choice("refused", "不予援助"),
    Choice("withdrawn", "撤回申请"),
    Choice("finished", "办结"),
    Choice("terminated", "终止援助"),
)
DECISIONS = (
    Choice("granted", "准予援助", ("给予援助", "准予", "同意", "给予法律援助", "同意援助", "批准")),
    Choice("refused", "不予援助", ("不予", "不予法律援助", "不同意", "不批准")),
    Choice("withdrawn", "撤回申请", ("撤回", "视为撤回申请")),
    Choice("open", "正在审查", ("审查中", "待审查", "补充材料")),
)

ROUTES = (
    Choice("direct", "直接申请"),
    Choice("custody", "办案机关、监管场所转交"),
    Choice("duty_lawyer", "值班律师转交"),
    Choice("station", "工作站、联络点转交"),
)
HANDED_ON = ("custody", "duty_lawyer")
STAGES = (
    Choice("investigation", "侦查"),
    Choice("prosecution", "审查起诉"),
    Choice("first", "一审", ("审判", "第一审")),
    Choice("second", "二审", ("第二审",)),
    Choice("retrial", "再审", ("审判监督",)),
    Choice("execution", "执行"),
    Choice("arbitration", "仲裁"),
    Choice("non_litigation", "非诉讼", ("非诉",)),
    Choice("other", "其他", ("其它",)),
)
FORMS = (
    Choice("defence", "刑事辩护", ("辩护",)),
    Choice("criminal", "刑事代理"),
    Choice("civil", "民事诉讼代理", ("民事代理",)),
    Choice("administrative", "行政诉讼代理", ("行政代理",)),
    Choice("state_compensation", "国家赔偿诉讼代理", ("国家赔偿代理",)),
    Choice("non_litigation", "非诉讼代理", ("非诉代理",)),
    Choice("arbitration", "劳动争议调解与仲裁代理", ("仲裁代理", "劳动仲裁代理")),
    Choice("other", "其他", ("其它",)),
)
# one may belong to several: the groups are counted each for itself and never added up
GROUPS = {
    "migrant_worker": "农民工",
    "disabled": "残疾人",
    "elderly": "老年人",
    "minor": "未成年人",
    "woman": "妇女",
    "military": "军人军属",
    "low_income": "低保、特困等",
}
NOTIFIERS = (Choice("court", "人民法院"), Choice("procuratorate", "人民检察院"), Choice("police", "公安机关"))
URGENT_GROUNDS = (
    Choice("limit_near", "距法定时效或者期限届满不足七日，需要及时行使权利"),
    Choice("preservation", "需要立即申请财产保全、证据保全或者先予执行"),
    Choice("other", "法律、行政法规规定的其他情形"),
)
MEANS = (
    Choice("qualified", "符合经济困难标准"),
    Choice("unqualified", "不符合经济困难标准"),
    Choice("exempt", "免予核查经济困难状况"),
    Choice("no_limit", "不受经济困难条件限制"),
)
CHANGES = (
    Choice("recipient_asked", "受援人请求更换"),
    Choice("duty_neglected", "未依法履行职责"),
    Choice("unable", "因正当事由不能继续承办"),
    Choice("other", "其他"),
)
ACTIVITIES = (
    Choice("met", "会见"),
    Choice("read", "阅卷"),
    Choice("investigated", "调查取证"),
    Choice("heard", "出庭"),
    Choice("reported", "通报、报告办理情况"),
)
# the eight of Article 48, the last its catch-all
TERMINATIONS = (
    Choice("deceived", "以欺骗或者其他不正当手段获得法律援助"),
    Choice("concealed", "故意隐瞒与案件有关的重要事实或者提供虚假证据"),
    Choice("abused", "利用法律援助从事违法活动"),
    Choice("means_changed", "经济状况发生变化，不再符合法律援助条件"),
    Choice("case_ended", "案件终止审理或者已经被撤销"),
    Choice("own_lawyer", "自行委托律师或者其他代理人"),
    Choice("requested", "有正当理由要求终止"),
    Choice("other", "法律法规规定的其他情形"),
)
OBJECTIONS = (Choice("upheld", "维持"), Choice("corrected", "责令改正"))
