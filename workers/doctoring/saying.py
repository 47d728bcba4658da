"""What the checks of the settings say, for people: ours, and those of Django that concern a deployment."""

SAID = {
    "casetrack.E001": "没有设置加密个人信息的密钥",
    "casetrack.E002": "加密个人信息的密钥不是32字节",
    "casetrack.E003": "加密个人信息的密钥重复",
    "casetrack.E004": "CASETRACK_SECRET_KEY 太简单，可以猜出",
    "casetrack.E005": "开着 CASETRACK_DEBUG，却对外提供服务",
    "casetrack.W001": "开着 CASETRACK_DEBUG，却连着自备的数据库",
    "casetrack.E006": "时区不是 Asia/Shanghai",
    "casetrack.E007": "CASETRACK_METRICS_TOKEN 太短，可以猜出",
    "casetrack.E008": "单点登录只设置了一半",
    "casetrack.E009": "单点登录的地址不是 https://",
    "casetrack.E010": "CASETRACK_SECOND_FACTOR 中有不存在的角色",
    "casetrack.E011": "会话的空闲时限长于最长时限",
    "security.W004": "没有启用 HSTS（CASETRACK_HTTPS）",
    "security.W008": "没有把 HTTP 转到 HTTPS（CASETRACK_HTTPS）",
    "security.W009": "CASETRACK_SECRET_KEY 太简单，可以猜出",
    "security.W012": "会话 Cookie 可能经明文传送（CASETRACK_HTTPS）",
    "security.W016": "防跨站 Cookie 可能经明文传送（CASETRACK_HTTPS）",
    "security.W018": "开着 CASETRACK_DEBUG",
    "security.W020": "没有设置 CASETRACK_HOSTS",
}
