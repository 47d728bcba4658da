"""`manage.py stack [--port N]`: what docker-compose.yml declares, without containers, until Ctrl-C."""

import errno
import os
import socket
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from casetrack.lib.env import make_closed
from casetrack.lib.os_errors import reason_of
from workers.processes import Company, asked_to_stop
from workers.stack.alone import LOCK, AlreadyThere, alone
from workers.stack.declared import DeclarationRefused, services
from workers.stack.layout import Place, ProgramMissing, found, processes
from workers.stack.rolling import RollingFailed, roll
from workers.stack.running import Stack, StackFailed, refuse_left_behind
from workers.stack.secrets import write_secrets

HTTPS, HTTP = 8443, 8080
WEB = ("web-1", "web-2")
RUNNING = "此数据目录的服务已经以 make stack 的方式在运行；请先结束它"


class Command(BaseCommand):
    help = "按生产环境的布局在本机运行全部服务（与 docker-compose.yml 相同，不用容器），按 Ctrl-C 结束"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=HTTPS, help=f"HTTPS 端口（默认{HTTPS}）")
        parser.add_argument("--http-port", type=int, default=HTTP, help=f"转到 HTTPS 的端口（默认{HTTP}）")
        parser.add_argument("--roll", action="store_true", help="逐个重新启动正在运行的网页进程，期间服务不中断")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["roll"]:
                roll(Path(settings.DATA_DIR) / "stack", say=self.say)
            else:
                self.run(https=options["port"], http=options["http_port"])
        except (AlreadyThere, DeclarationRefused, ProgramMissing, RollingFailed, StackFailed) as refused:
            raise CommandError(str(refused)) from refused

    def place_for(self, *, https: int, http: int) -> Place:
        """Asked once it is known that none runs, or who starts it twice is told of ports."""
        for name, port in (("--port", https), ("--http-port", http)):
            refuse_taken(port, name)
        if https == http:
            raise CommandError(f"--port 和 --http-port 不能是同一个端口（{https}）")
        return Place(
            checkout=settings.BASE_DIR,
            data=Path(settings.DATA_DIR),
            ports={"https": https, "http": http, **free_ports(WEB)},
        )

    def run(self, *, https: int, http: int) -> None:
        found("caddy")
        make_closed(own := Path(settings.DATA_DIR) / "stack")
        with alone(own / LOCK, RUNNING), asked_to_stop() as stop, Company(cwd=settings.BASE_DIR) as company:
            refuse_left_behind(own, checkout=settings.BASE_DIR)
            place = self.place_for(https=https, http=http)
            write_secrets(place.secrets)
            declared = services(place.checkout / "docker-compose.yml", env=environment(place))
            connections.close_all()
            stack = Stack(place, processes(declared, place), company, self.say, stop)
            try:
                stack.start_all()
                if not stop.is_set():
                    self.announce(place)
                while not stop.wait(0.2):
                    stack.tend()
            finally:
                self.say("正在结束……")
                stack.end()
        self.say("已停止。")

    def announce(self, place: Place) -> None:
        root = place.own / "proxy" / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        self.say(f"服务已启动：{place.address}/（按 Ctrl-C 结束）")
        self.say(f"证书由本机的 Caddy 自行签发，浏览器会提示不受信任；根证书：{root}")
        self.say("逐个重新启动网页进程而服务不中断：manage.py stack --roll")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def environment(place: Place) -> dict[str, str]:
    """What the variables of docker-compose.yml stand for here: those of ours, and the name of this machine."""
    own = {"CASETRACK_SITE": "localhost", "PROXY_REDIRECT_PORT": f":{place.ports['https']}"}
    return {**os.environ, **own, "CASETRACK_ADDRESS": place.address}


def refuse_taken(port: int, option: str) -> None:
    if not 0 < port < 65536:
        raise CommandError(f"{option} 应是1至65535的端口，而写的是 {port}")
    try:
        socket.create_server(("", port)).close()
    except PermissionError:
        raise CommandError(f"此账号不能使用端口 {port}；请用 {option} 另选一个1024以上的端口") from None
    except OSError as error:
        why = "已被其他程序占用" if error.errno == errno.EADDRINUSE else f"不能使用（{reason_of(error)}）"
        raise CommandError(f"端口 {port} {why}；请用 {option} 另选一个") from error


def free_ports(names: tuple[str, ...]) -> dict[str, int]:
    """One for each, all different."""
    listening = [socket.create_server(("127.0.0.1", 0)) for _ in names]
    ports = {name: each.getsockname()[1] for name, each in zip(names, listening, strict=True)}
    for each in listening:
        each.close()
    return ports
