"""What the contract says of /auth/: django-allauth answers there, and its own specification speaks of other addresses.

That one is not served: it has neither our addresses nor our problems. Whoever logs in reads this.
"""

ADDRESSES = {
    "session": "GET 当前会话和尚缺的步骤；DELETE 退出",
    "login": "POST `username`、`password` 登录；须第二因素的答401 `second_factor_pending`",
    "login/code": "POST `code` 第二因素的验证码或恢复代码",
    "reauthenticate": "POST `password` 变更账号保护之前再次验证",
    "reauthenticate/code": "POST `code` 同上，以验证码",
    "password": "POST `current_password`、`new_password` 修改密码；一次性密码须先在此修改",
    "totp": "GET 绑定所用的密钥（`meta.secret`）；POST `code` 启用；DELETE 解除",
    "recovery-codes": "GET 恢复代码，只显示一次；POST 重新生成",
    "sso": "POST 表单 `next`，转往统一身份认证",
}
ROWS = "\n".join(f"| `/api/auth/{address}` | {said} |" for address, said in ADDRESSES.items())
DESCRIBED = f"""

## 登录

程序凭令牌；个人登录用以下网址，变更须在请求头 `X-CSRFToken` 带上 cookie `csrftoken` 的值，错误同为问题说明。
经 HTTPS 时该 cookie 名为 `__Host-csrftoken`。

| 网址 | 作用 |
| --- | --- |
{ROWS}
"""
