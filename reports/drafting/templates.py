"""Templates of reports, as offices write them: a TOML file of sections and sentences with named figures.

`{petition.received channel=letter}` stands for a figure with its unit, `{place}` for a word. `[ … ]` is said only where
all figures in it say something, and so is a whole sentence. A figure says something where it is not nothing: a count of
0 and a rate of no cases do not, unless it is written `{!…}`. `text` may be a list: the first that can be said is.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from casetrack.lib.os_errors import reason_of
from reports.drafting.references import Reference, TemplateRefused, reference_of

TOKEN = re.compile(r"\{[^{}]*\}|[\[\]{}]")
CONDITION = re.compile(r"(.+?)\s+(>=|<=|=|>|<)\s+(.+)")  # blanks around it: values of dimensions follow a "=" as well
LONGEST, MOST_SENTENCES, DEEPEST = 100_000, 500, 5
LEVELS = (1, 2, 3)
WORDS = {
    "place": "区划名称，如秦安县",
    "whole": "全县、全市等",
    "own": "我县、我市等",
    "year": "年份，如2019",
    "period": "统计期，如2019年、2019年3月",
    "as_of": "截止日，如2019年12月30日",
}


class Shown(StrEnum):
    """In which form a named figure stands in a sentence."""

    WHOLE = ""  # 63件
    BARE = "bare"  # 63
    CHANGE = "change"  # 同比增长12.5%
    MONTHLY = "monthly"  # 环比下降3.2%
    PARTS = "parts"  # 民事6件、刑事90件, not where there is one part only


@dataclass(frozen=True, slots=True)
class Named:
    """A figure in a sentence; one that `may_be_nothing` is said also where it is 0."""

    reference: Reference
    shown: Shown = Shown.WHOLE
    may_be_nothing: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word that depends on the place and the period."""

    name: str


@dataclass(frozen=True, slots=True)
class Optional:
    """What is left out where a figure in it says nothing."""

    parts: tuple["Part", ...]


Part = str | Named | Word | Optional
Text = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """Two figures, or a figure and a whole number, and how they must stand to each other."""

    left: Reference
    relation: str
    right: Reference | int


@dataclass(frozen=True, slots=True)
class Sentence:
    """The ways to say something, the best first, and when it may be said at all."""

    ways: tuple[Text, ...]
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences under a heading, which numbers itself: 一、 (一) 1."""

    level: int
    heading: Text
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A whole report."""

    title: Text
    sections: tuple[Section, ...]

    def references(self) -> Iterator[Reference]:
        for section in self.sections:
            for sentence in section.sentences:
                for condition in sentence.when:
                    yield from (each for each in (condition.left, condition.right) if isinstance(each, Reference))
                for way in sentence.ways:
                    yield from (named.reference for named in named_in(way))


def named_in(parts: Sequence[Part]) -> Iterator[Named]:
    for part in parts:
        if isinstance(part, Named):
            yield part
        elif isinstance(part, Optional):
            yield from named_in(part.parts)


def read(path: Path) -> Template:
    """Raises TemplateRefused where the file is no template: what is wrong, and where."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        reason = reason_of(problem) if isinstance(problem, OSError) else problem.reason
        raise TemplateRefused(f"无法读取模板“{path.name}”：应为UTF-8编码的TOML文件（{reason}）") from problem
    return parse(text)


def parse(text: str) -> Template:
    if len(text) > LONGEST:
        raise TemplateRefused(f"模板最长{LONGEST}字，收到{len(text)}字")
    try:
        said = tomllib.loads(text)
    except RecursionError as problem:
        raise TemplateRefused("模板不是正确的TOML文件：嵌套过深") from problem
    except ValueError as problem:  # what is not written right, and numbers longer than any
        raise TemplateRefused(f"模板不是正确的TOML文件：{str(problem)[:200]}") from problem
    sections = listed(said, "section", "模板")
    if sum(len(listed(section, "sentence", "节", needed=False)) for section in sections) > MOST_SENTENCES:
        raise TemplateRefused(f"模板最多{MOST_SENTENCES}句")
    return Template(text_of(written(said, "title", "模板")), tuple(section_of(section) for section in sections))


def section_of(said: dict[str, Any]) -> Section:
    heading = written(said, "heading", "节")
    level = said.get("level", 2)
    if level not in LEVELS:
        raise TemplateRefused(f"节“{heading}”的 level 应为1、2或3")
    sentences = listed(said, "sentence", f"节“{heading}”", needed=False)
    return Section(level, text_of(heading), tuple(sentence_of(each, heading) for each in sentences))


def sentence_of(said: dict[str, Any], heading: str) -> Sentence:
    ways, when = said.get("text"), said.get("when", [])
    ways = [ways] if isinstance(ways, str) else ways
    when = [when] if isinstance(when, str) else when
    if not ways or not all(isinstance(each, str) for each in (*ways, *when)):
        raise TemplateRefused(f"节“{heading}”中有一句缺少 text，或 text、when 不是文字")
    return Sentence(tuple(text_of(way) for way in ways), tuple(condition_of(each) for each in when))


def listed(said: dict[str, Any], name: str, where: str, *, needed: bool = True) -> list[dict[str, Any]]:
    found = said.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found) or (needed and not found):
        raise TemplateRefused(f"{where}应有[[{name}]]各表")
    return found


def written(said: dict[str, Any], name: str, where: str) -> str:
    found = said.get(name)
    if not isinstance(found, str) or not found.strip():
        raise TemplateRefused(f"{where}缺少 {name}")
    return found


def condition_of(text: str) -> Condition:
    found = CONDITION.fullmatch(text.strip())
    if found is None:
        raise TemplateRefused(f"条件“{text}”读不懂，应写作“指标 = 指标”或“指标 > 0”")
    left, relation, right = found.groups()
    number = int(right) if right.isascii() and right.isdigit() else reference_of(right.split())
    return Condition(reference_of(left.split()), relation, number)


def text_of(text: str) -> Text:
    """The parts of a sentence. Brackets may stand within brackets."""
    stack: list[list[Part]] = [[]]
    end = 0
    for token in TOKEN.finditer(text):
        stack[-1] += [text[end : token.start()]] if token.start() > end else []
        end = token.end()
        if token[0] == "[" and len(stack) <= DEEPEST:
            stack.append([])
        elif token[0] == "]" and len(stack) > 1:
            inner = tuple(stack.pop())
            stack[-1].append(Optional(inner))
        elif len(token[0]) > 1:
            stack[-1].append(named_or_word(token[0][1:-1]))
        else:
            raise TemplateRefused(f"“{text}”中的“{token[0]}”没有配对，或者嵌套太深")
    if len(stack) > 1:
        raise TemplateRefused(f"“{text}”中有一个“[”没有配对")
    return (*stack[0], *([text[end:]] if end < len(text) else []))


def named_or_word(said: str) -> Named | Word:
    if said in WORDS:
        return Word(said)
    name, _, form = said.removeprefix("!").partition(":")
    if "." not in name:
        raise TemplateRefused(f"模板中的“{{{said}}}”既不是指标，也不是词语；可用的词语：{'、'.join(WORDS)}")
    if form not in list(Shown):
        raise TemplateRefused(f"“{{{said}}}”中冒号之后应为{'、'.join(each for each in Shown if each)}")
    return Named(reference_of(name.split()), Shown(form), said.startswith("!"))
