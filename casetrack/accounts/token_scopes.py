"""What a token may be used for: a program gets as much as its task needs, never more than the user it acts for.

Named for a program's tasks, not for roles. A scope widens nothing: what the user may not see or do, no token opens.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TokenScope:
    """One thing that tokens may be issued for. `said` becomes the documentation of the API."""

    name: str
    label: str
    said: str


READ = TokenScope("read", "查看", "查看案件、期限、机构、名册、法律规则和接口文档；姓名和号码已隐去")
WRITE = TokenScope("write", "登记", "登记和变更案件、事件、当事人和名册，导入台账")
PERSONAL = TokenScope("personal", "查看个人信息", "写明目的后查看一个案件完整的姓名、号码和地址，每次均留审计记录")
EXPORT = TokenScope("export", "导出", "将列表导出为文件")
STATISTICS = TokenScope("statistics", "统计", "查询统计数字、月报和报告")
AUDIT = TokenScope("audit", "查看审计记录", "查看谁在何时查看或修改了什么")
TOKENS = TokenScope("tokens", "管理令牌", "列出、签发和吊销访问令牌")
USERS = TokenScope("users", "管理账号", "查看和管理账号、任职，解锁，重设登录方式；限管理员")

TOKEN_SCOPES = {scope.name: scope for scope in (READ, WRITE, PERSONAL, EXPORT, STATISTICS, AUDIT, TOKENS, USERS)}
EVERY_SCOPE = tuple(TOKEN_SCOPES)
USUAL_SCOPES = (READ.name, WRITE.name, STATISTICS.name)
"""What a platform that logs cases and shows figures needs: no personal data, nothing taken away, no further tokens."""
