"""`manage.py account`: accounts and their memberships for the keeper of the server, from whom the first one comes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casetrack.accounts import ways_in
from casetrack.accounts.models import User
from casetrack.kinds import KINDS
from casetrack.kinds.refusals import Refused
from casetrack.organizations.arguments import region
from casetrack.organizations.choices import Role
from casetrack.organizations.granting import Held
from casetrack.organizations.keeping_accounts import AccountDraft, WayIn, change_account, look_after, open_account
from casetrack.organizations.keeping_memberships import add_membership, remove_membership
from casetrack.organizations.models import Membership, Organization, Region

ROLES = "；".join(f"{code} {label}" for code, label in Role.choices)
WAYS: dict[str, tuple[WayIn, str, str]] = {
    "unlock": (ways_in.unlock, "解除登录锁定", "已解除锁定，可以立即登录"),
    "password": (ways_in.set_one_time_password, "重设一次性密码，只显示这一次", ""),
    "second-factor": (ways_in.reset_second_factor, "重置遗失的第二因素", "已删去第二因素，登录后重新绑定"),
    "end": (ways_in.end_access, "结束全部会话和令牌", "全部会话和令牌已失效"),
}
STATES = {"close": (False, "停用账号，会话和令牌立即失效"), "reopen": (True, "重新启用账号，另须重设一次性密码")}


class Command(BaseCommand):
    """Whoever runs commands on the server may give anything, clearance too: the audit log says it was done here."""

    help = "开立、停用账号，授予、撤销任职，解除锁定，重设登录方式"

    def add_arguments(self, parser: ArgumentParser) -> None:
        tasks = parser.add_subparsers(dest="task", required=True)
        opening = self.task(tasks, "open", "开立账号，显示一次性密码")
        opening.add_argument("--name", required=True, help="姓名或系统名称")
        opening.add_argument("--service", action="store_true", help="服务账号：只凭令牌，不能登录")
        for parser_of_rights in (opening, self.task(tasks, "grant", "授予任职")):
            add_rights(parser_of_rights)
        self.task(tasks, "list", "列出任职")
        self.task(tasks, "revoke", "撤销任职").add_argument("membership", type=int, help="任职编号，见 list")
        for name, (_, said) in STATES.items():
            self.task(tasks, name, said)
        for name, (_, said, _) in WAYS.items():
            self.task(tasks, name, said)

    def task(self, tasks: Any, name: str, said: str) -> ArgumentParser:
        parser: ArgumentParser = tasks.add_parser(name, help=said)
        parser.add_argument("username")
        return parser

    def handle(self, *args: Any, **options: Any) -> None:
        task = options["task"]
        try:
            if task == "open":
                self.open(options)
            else:
                self.do(task, named(options["username"]), options)
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def open(self, options: dict[str, Any]) -> None:
        draft = AccountDraft(options["username"], options["name"], held_in(options), options["service"])
        _, password = open_account(draft=draft, actor=None, now=timezone.now())
        self.stdout.write(password or "已开立服务账号，请用 manage.py tokens issue 签发令牌")

    def do(self, task: str, user: User, options: dict[str, Any]) -> None:
        now = timezone.now()
        if task == "list":
            for each in user.memberships.select_related("organization", "region").order_by("pk"):
                self.stdout.write(line(each))
        elif task == "grant":
            made = add_membership(user_id=user.pk, held=held_in(options), actor=None, now=now)
            self.stdout.write(line(made))
        elif task == "revoke":
            if not user.memberships.filter(pk=options["membership"]).exists():
                raise CommandError(f"“{user.username}”没有编号为{options['membership']}的任职，请用 list 查看")
            remove_membership(membership_id=options["membership"], actor=None, now=now)
            self.stdout.write("已撤销")
        elif task in STATES:
            change_account(user_id=user.pk, changes={"is_active": STATES[task][0]}, actor=None, now=now)
            self.stdout.write("已启用" if STATES[task][0] else "已停用")
        else:
            way, _, said = WAYS[task]
            told = look_after(way, user_id=user.pk, actor=None, now=now)
            self.stdout.write(said or told)


def add_rights(parser: ArgumentParser) -> None:
    parser.add_argument("--role", required=True, choices=Role.values, metavar="ROLE", help=ROLES)
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--region", type=region, help="区划代码，含其所有下级")
    place.add_argument("--organization", type=int, help="机构编号，含其调解室")
    parser.add_argument("--kind", action="append", default=[], choices=list(KINDS), help="案件类型，可重复；不填为全部")
    parser.add_argument("--cleared", action="store_true", help="可知悉检举控告")


def named(username: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"没有名为“{username}”的用户")
    return user


def held_in(options: dict[str, Any]) -> Held:
    code, pk = options["region"], options["organization"]
    if code and not Region.objects.filter(pk=code).exists():
        raise CommandError(f"没有区划代码为“{code}”的地区，请先执行 manage.py load_divisions")
    organization = Organization.objects.filter(pk=pk).first() if pk else None
    if pk and organization is None:
        raise CommandError(f"没有编号为{pk}的机构")
    return Held(options["role"], code, organization, tuple(sorted(set(options["kind"]))), options["cleared"])


def line(membership: Membership) -> str:
    place = membership.organization or membership.region
    kinds = "、".join(KINDS[kind].label for kind in membership.kinds) or "全部类型"
    cleared = "可知悉检举控告" if membership.cleared else ""
    return "\t".join((str(membership.pk), membership.get_role_display(), str(place), kinds, cleared)).rstrip()
