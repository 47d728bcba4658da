"""What the checks of Django that concern a deployment say, for people. Ours speak for themselves."""

SAID = {
    "security.W004": "没有启用 HSTS（CASETRACK_HTTPS）",
    "security.W008": "没有把 HTTP 转到 HTTPS（CASETRACK_HTTPS）",
    "security.W009": "CASETRACK_SECRET_KEY 太简单，可以猜出",
    "security.W012": "会话 Cookie 可能经明文传送（CASETRACK_HTTPS）",
    "security.W016": "防跨站 Cookie 可能经明文传送（CASETRACK_HTTPS）",
    "security.W018": "开着 CASETRACK_DEBUG",
    "security.W020": "没有设置 CASETRACK_HOSTS",
}
