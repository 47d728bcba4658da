"""`manage.py tokens`: issue, list and revoke the tokens that programs carry."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casetrack.accounts.models import Token, TokenLimits, User
from casetrack.accounts.token_scopes import TOKEN_SCOPES, USUAL_SCOPES
from casetrack.accounts.tokens import issue_token, revoke_tokens
from casetrack.kinds import KINDS
from casetrack.organizations.arguments import region
from casetrack.organizations.models import Organization

USUAL_DAYS = 90
SCOPES_SAID = "；".join(f"{scope.name} {scope.label}" for scope in TOKEN_SCOPES.values())


class Command(BaseCommand):
    """The secret of a token is printed once, when it is issued; afterwards nobody can read it."""

    help = "签发、列出或吊销访问令牌"
    requires_system_checks = ["casetrack"]  # those of addresses read all the API, twice as long as the rest

    def add_arguments(self, parser: ArgumentParser) -> None:
        tasks = parser.add_subparsers(dest="task", required=True)
        issue = tasks.add_parser("issue", help="签发令牌，令牌只显示这一次")
        issue.add_argument("username")
        issue.add_argument("--name", required=True, help="用途，如“县热线平台”")
        issue.add_argument("--days", type=int, default=USUAL_DAYS, help=f"有效天数，默认{USUAL_DAYS}")
        issue.add_argument(
            "--scope",
            action="append",
            choices=list(TOKEN_SCOPES),
            help=f"用途范围，可重复，默认 {'、'.join(USUAL_SCOPES)}。{SCOPES_SAID}",
        )
        place = issue.add_mutually_exclusive_group()
        place.add_argument("--region", type=region, help="只限于这一区划及其所有下级")
        place.add_argument("--organization", type=int, help="只限于这一机构及其调解室，填编号")
        issue.add_argument("--kind", action="append", default=[], choices=list(KINDS), help="只限于这种案件，可重复")
        listing = tasks.add_parser("list", help="列出令牌")
        listing.add_argument("username")
        revoke = tasks.add_parser("revoke", help="吊销令牌，立即失效")
        revoke.add_argument("username")
        revoke.add_argument("--name", default="", help="只吊销这一用途的令牌")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"], is_active=True).first()
        if user is None:
            raise CommandError(f"没有名为“{options['username']}”的在用用户")
        tasks = {"issue": self.issue, "list": self.list, "revoke": self.revoke}
        tasks[options["task"]](user, options)

    def issue(self, user: User, options: dict[str, Any]) -> None:
        if not 1 <= options["days"] <= 3650:
            raise CommandError("有效天数应在1到3650之间")
        if options["organization"] and not Organization.objects.filter(pk=options["organization"]).exists():
            raise CommandError(f"没有编号为{options['organization']}的机构")
        now = timezone.now()
        _, secret = issue_token(
            user=user,
            name=options["name"],
            scopes=options["scope"] or USUAL_SCOPES,
            expires_at=now + timedelta(days=options["days"]),
            actor=None,
            now=now,
            limits=TokenLimits(options["region"] or "", options["organization"], options["kind"]),
        )
        self.stdout.write(secret)

    def list(self, user: User, options: dict[str, Any]) -> None:
        for token in user.tokens.order_by("created_at"):
            told = (token.name, until(token), used(token), "、".join(token.scopes), limited(token))
            self.stdout.write("\t".join(told).rstrip())

    def revoke(self, user: User, options: dict[str, Any]) -> None:
        tokens = user.tokens.filter(name=options["name"]) if options["name"] else user.tokens.all()
        if options["name"] and not tokens:
            names = "、".join(sorted(set(user.tokens.values_list("name", flat=True)))) or "没有"
            raise CommandError(f"{user.username}没有用途为“{options['name']}”的令牌，没有吊销；已有的：{names}")
        ids = list(tokens.values_list("pk", flat=True))
        self.stdout.write(f"已吊销 {revoke_tokens(ids=ids, actor=None, now=timezone.now())} 个令牌")


def limited(token: Token) -> str:
    office = f"机构{token.organization_id}" if token.organization_id else ""
    parts = [part for part in (token.region_code, office, *token.kinds) if part]
    return f"限于{'、'.join(parts)}" if parts else ""


def until(token: Token) -> str:
    ended = token.revoked_at or token.expires_at
    said = "已吊销" if token.revoked_at else "有效期至"
    return f"{said} {timezone.localtime(ended):%Y-%m-%d}" if ended else "长期有效"


def used(token: Token) -> str:
    return f"最近使用 {timezone.localtime(token.last_used_at):%Y-%m-%d %H:%M}" if token.last_used_at else "未使用"
