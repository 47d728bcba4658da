"""An archive of an edition checked offline: no database, no settings, only the file and, if given, the public key.

Every figure is added up again from the cases in the archive, every digest taken anew, and the signature tried.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from casetrack.lib.crypto import has_signed
from casetrack.lib.file_types import BROKEN
from casetrack.stats.closing.lines import canonical, digest_of, line, line_of_head

MANIFEST, SIGNATURE, PUBLIC_KEY = "manifest.json", "manifest.sig", "public_key.txt"
EDITION, FIGURES, DEFINITIONS, CASES, HEADS = (
    "edition.json",
    "figures.jsonl",
    "definitions.json",
    "cases.jsonl",
    "heads.jsonl",
)
PARTS = (EDITION, FIGURES, DEFINITIONS, CASES, HEADS)
LARGEST = 4 * 1024**3


class NotAnArchive(Exception):
    """The file is no archive of an edition."""


def check(archive: bytes, public_key: str = "") -> list[str]:
    """Everything that is wrong with an archive; nothing where it is what was signed and follows from its own cases."""
    parts = parts_of(archive)
    return [*wrong_signature(parts, public_key), *wrong_parts(parts), *wrong_figures(parts)]


def parts_of(archive: bytes) -> dict[str, bytes]:
    wanted = {MANIFEST, SIGNATURE, PUBLIC_KEY, *PARTS}
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            names = packed.namelist()
            if sorted(names) != sorted(wanted):
                raise NotAnArchive(f"应有且仅有{'、'.join(sorted(wanted))}，实有{'、'.join(names)}")
            if sum(each.file_size for each in packed.infolist()) > LARGEST:
                raise NotAnArchive("文件过大")
            return {name: packed.read(name) for name in names}
    except BROKEN as error:
        raise NotAnArchive("不是压缩文件（.zip），或已损坏；请核对路径，或重新传一次") from error


def wrong_signature(parts: Mapping[str, bytes], public_key: str) -> Iterator[str]:
    own = parts[PUBLIC_KEY].decode(errors="replace").strip()
    if public_key and own != public_key.strip():
        yield "公钥与所给的不同：不是由所信任的一方签署"
    if not has_signed((public_key or own).strip(), parts[SIGNATURE].strip(), parts[MANIFEST]):
        yield "签名不符：清单不是由该公钥的持有者签署的"


def wrong_parts(parts: Mapping[str, bytes]) -> Iterator[str]:
    try:
        listed = json.loads(parts[MANIFEST])["parts"]
    except (ValueError, KeyError, TypeError):
        yield "清单无法读取"
        return
    for name in PARTS:
        if listed.get(name) != hashlib.sha256(parts[name]).hexdigest():
            yield f"{name}与清单中的摘要不符"


def wrong_figures(parts: Mapping[str, bytes]) -> list[str]:
    try:
        head = json.loads(parts[EDITION])
        rows, cases, chains = (lines_of(parts[name]) for name in (FIGURES, CASES, HEADS))
        return [
            *wrong_head(head, parts[FIGURES], json.loads(parts[DEFINITIONS])),
            *wrong_heads(head["edition"], chains),
            *wrong_sums(head["edition"]["region"], rows, cases),
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return [f"内容无法读取：{error!r}"]


def lines_of(part: bytes) -> list[Any]:
    return [json.loads(text) for text in part.decode().splitlines()]


def wrong_head(head: Mapping[str, Any], figures: bytes, definitions: object) -> Iterator[str]:
    digest = hashlib.sha256((canonical(head["edition"]) + "\n").encode() + figures).hexdigest()
    if digest != head["digest"]:
        yield "版次的摘要与其数字不符"
    if digest_of(definitions) != head["edition"]["definitions"]:
        yield "指标定义与版次所载的摘要不符"


def wrong_heads(edition: Mapping[str, Any], chains: list[Any]) -> Iterator[str]:
    digest = hashlib.sha256("".join(line_of_head(*each) for each in chains).encode()).hexdigest()
    if (len(chains), digest) != (edition["cases"], edition["heads"]):
        yield "事件链头与版次所载的摘要不符"


Sum = tuple[int, int, str]


def wrong_sums(region: str, rows: list[Any], cases: list[Any]) -> Iterator[str]:
    """Each figure, whole and as shown to readers who are not cleared, added up again from the cases."""
    sums = {whole: added_up(cases, whole=whole) for whole in (True, False)}
    known = set()
    for row in rows:
        for entry in row["figures"]:
            if not entry["x"]:
                continue  # from the registers, which have no cases
            name = canonical(
                [row["region"], row["organization"], row["subject"], row["breakdown"], entry["d"], entry["m"]]
            )
            known.add(name)
            for whole, said in ((True, entry), (False, {**entry, **entry.get("o", {})})):
                found = sums[whole].get(name, (0, 0, hashlib.sha256().hexdigest()))
                if found != (said["n"], said["b"] or 0, said["x"]):
                    figure = f"{row['region']} {row['subject']}.{entry['m']} {entry['d']}"
                    yield f"{figure}与其案件不符：{said['n']}，按案件为{found[0]}"
    for name in sorted(set(sums[True]) - known):
        yield f"案件所计而数字中没有：{name}"


def added_up(cases: list[Any], *, whole: bool) -> dict[str, Sum]:
    numbers: dict[str, list[int]] = {}
    digests: dict[str, Any] = {}
    for each in cases:
        if each["restricted"] and not whole:
            continue
        for region, organization, breakdowns in each["places"]:
            for subject, breakdown, values, measure, number, base in each["adds"]:
                if breakdown in breakdowns:
                    name = canonical([region, organization, subject, breakdown, values, measure])
                    held = numbers.setdefault(name, [0, 0])
                    held[0], held[1] = held[0] + number, held[1] + (base or 0)
                    digests.setdefault(name, hashlib.sha256()).update(line(each["case"], number, base).encode())
    return {name: (number, base, digests[name].hexdigest()) for name, (number, base) in numbers.items()}
