"""What only a national recount needs is loaded when one is asked for: it is half a gigabyte, and few install it."""

from importlib import import_module
from types import ModuleType


class NotInstalled(Exception):
    """A command needs what the installation does not have."""


def loaded(module: str) -> ModuleType:
    """A module of this package, with the packages it is built on."""
    try:
        return import_module(f"workers.national.{module}")
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("py4j", "pyarrow", "pyspark"):
            raise
        raise NotInstalled(
            f"全国重算所需的 {missing.name} 未安装。请运行 make .venv/spark"
            "（或 pip install --require-hashes -r requirements/spark.txt）后再试；Spark 还需要 Java 17"
        ) from missing
