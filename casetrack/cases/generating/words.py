"""What made-up cases are about, in the words of those who write them down."""

from collections.abc import Mapping
from random import Random

from casetrack.kinds.base import Fact

DISPUTES: dict[str, tuple[str, ...]] = {
    "marriage_family": ("子女抚养费的给付", "老人赡养费的分担", "离婚后家具家电的归属", "彩礼返还的数额"),
    "inheritance": ("老宅的继承份额", "存款的分割", "遗嘱的效力"),
    "neighbour": ("宅前排水沟的走向", "院墙的界线", "高音喇叭扰民", "共用道路被堆放柴草占用", "滴水檐伸出墙外"),
    "house_homestead": ("宅基地四至不清", "翻建房屋遮挡采光", "房屋漏水的修缮费用"),
    "contract": ("欠付货款", "房屋租金和押金的退还", "装修质量不合约定", "借款到期未还"),
    "production_business": ("合伙收益的分配", "苗木款的结算", "灌溉用水的先后"),
    "damages": ("牲畜啃食青苗的赔偿", "推搡中受伤的医药费", "施工震裂墙体的赔偿", "犬只咬伤的赔偿"),
    "forest_land": ("承包地边界", "林木砍伐的归属", "土地流转费的支付"),
    "land_taking": ("征地补偿款的分配", "拆迁安置面积的认定"),
    "pollution": ("养殖场异味扰民", "污水流入农田"),
    "migrant_wages": ("拖欠三个月的工资", "工程款未结致工资未发", "计件工资的核算"),
    "labour": ("解除劳动关系的补偿", "工伤期间的待遇", "加班工资的计算"),
    "tourism": ("旅游团费的退还", "行程变更的补偿"),
    "e_commerce": ("网购商品与描述不符的退款", "预售定金的退还"),
    "consumer": ("预付卡余额的退还", "家电三包责任", "美容服务效果的争议"),
    "medical": ("诊疗过失的责任", "术后并发症的赔偿"),
    "traffic": ("追尾事故的修车费", "事故误工费的计算", "电动车碰撞的医药费"),
    "property_management": ("物业费的收取标准", "电梯停运的责任", "公共收益的使用"),
    "other": ("筹办酒席的费用", "祖坟迁移的费用", "集资修路款的使用"),
}
MATTERS: dict[str, tuple[str, ...]] = {
    "urban_construction": ("小区供暖温度不达标", "老旧小区加装电梯", "开发商逾期交房", "自来水停水频繁"),
    "natural_resources": ("不动产登记久拖不办", "耕地被占用堆放砂石", "矿山开采影响房屋"),
    "civil_affairs": ("低保资格的审核", "高龄补贴的发放", "婚姻登记信息有误"),
    "transport": ("公交线路调整后出行不便", "乡道破损多年未修", "客运票价上涨"),
    "health": ("村卫生室无人值守", "医保报销比例", "医院停车收费"),
    "labour_social_security": ("工资被拖欠", "养老保险断缴补缴", "工伤认定结论"),
    "rural_agriculture": ("种粮补贴未到账", "灌溉渠损毁", "村级财务公开"),
    "education": ("划片入学", "幼儿园收费", "校车停运"),
    "politics_law": ("报案后未见答复", "判决执行缓慢"),
    "discipline": ("村务决策不公开", "惠农资金的使用", "招标过程不透明"),
    "environment": ("夜间施工噪声", "餐饮油烟扰民", "河道垃圾堆积"),
    "market": ("农贸市场缺斤少两", "加油站计量不准", "预付卡商家失联"),
    "other": ("公墓收费", "有线电视停播"),
}
CLAIMS: dict[str, tuple[str, ...]] = {
    "petition_review": ("认为处理意见认定事实不清", "认为处理意见适用政策错误", "认为未对主要诉求作出答复"),
    "reconsideration": ("请求撤销行政处罚决定", "请求责令履行法定职责", "请求确认不予公开违法", "请求撤销工伤认定决定"),
    "litigation": ("请求撤销被诉行政行为", "请求确认强制拆除违法", "请求赔偿损失", "请求责令重新作出答复"),
    "legal_aid": ("追索劳动报酬", "请求支付赡养费", "交通事故人身损害赔偿", "工伤待遇", "盗窃一案的辩护"),
}
PLACES = ("东头", "西街", "新村", "老街", "河湾", "桥头", "南坡", "北巷", "集贸市场旁", "学校对面", "三组", "五组")
WISHES = ("望依法处理", "要求尽快答复", "请求调解", "要求查明事实", "希望协商解决", "请予核实")
FIELDS = {
    "mediation": "summary",
    "petition": "matter",
    "petition_review": "reason",
    "reconsideration": "claim",
    "litigation": "claim",
    "legal_aid": "matter",
}


def told(kind: str, values: Mapping[str, Fact], random: Random) -> dict[str, str]:
    """What a case is about, as its personal fact holds it."""
    place, wish, year = random.choice(PLACES), random.choice(WISHES), 2000 + int(random.random() * 24)
    if kind == "mediation":
        text = f"双方因{place}{year}年以来{random.choice(DISPUTES[str(values['category'])])}发生争执，{wish}"
    elif kind == "petition":
        text = f"反映{place}{random.choice(MATTERS[str(values['category'])])}，自{year}年起多次反映未果，{wish}"
    else:
        text = f"{random.choice(CLAIMS[kind])}（{year}年{place}一事），{wish}"
    return {FIELDS[kind]: text}
