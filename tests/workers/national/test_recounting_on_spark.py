"""A recount on a cluster of Spark gives the cells that PostgreSQL has: each of them, and no other."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from casetrack.stats.models import CellBlock
from tests.stats.world import tamper_with_received
from tests.workers.national.conftest import ANNING, PREFECTURES, QINAN
from workers.national.exports import exports_in


def java() -> str:
    """Where Java 17 or newer is, or nothing."""
    program = shutil.which("java", path=f"{os.environ.get('JAVA_HOME', '')}/bin{os.pathsep}{os.environ['PATH']}")
    if program is None:
        return ""
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
    version = said.partition('"')[2].partition(".")[0]
    return program if version.isdecimal() and int(version) >= 17 else ""


pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: make .venv/spark")
pytestmark = [
    pytest.mark.skipif(not java(), reason="Spark needs Java 17, and there is none"),
    pytest.mark.xdist_group("spark"),
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A master and two workers, each a process of its own, on this machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        builder = pyspark.sql.SparkSession.builder.master("local-cluster[2,1,1024]")
        for name, value in {
            "spark.driver.host": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "2",
            # so few rows that compiling what reads them takes far longer than reading them
            "spark.sql.codegen.factoryMode": "NO_CODEGEN",
            "spark.sql.codegen.wholeStage": "false",
            "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
            "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
            "spark.sql.session.timeZone": "UTC",
        }.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        yield session
        session.stop()


def exported(folder: Path, *regions: str) -> list[Path]:
    for region in regions:
        call_command("export_parquet", str(folder / region), region=region, verbosity=0)
    return [folder / region for region in regions]


def test_exports_of_prefectures_are_counted_to_the_very_cells_of_one_database(
    province: str, cluster: Any, tmp_path: Path
) -> None:
    recount = pytest.importorskip("workers.national.recount")
    comparing = pytest.importorskip("workers.national.comparing")
    whole, parts = exports_in(exported(tmp_path, "000000000000")), exports_in(exported(tmp_path, *PREFECTURES))
    before = sum(len(block.names) for block in CellBlock.objects.all())
    tamper_with_received(QINAN, to=1000)
    later = exports_in(exported(tmp_path / "later", QINAN))

    counted = recount.cells(cluster, parts).persist()

    assert list(comparing.differences(counted, recount.kept(cluster, whole), whole)) == []
    places = {
        row.region_code: row["count"]
        for row in counted.where("organization_id IS NULL").groupBy("region_code").count().collect()
    }
    assert set(places) == {"000000000000", province, *PREFECTURES, ANNING, QINAN}
    assert counted.count() == before > 1000
    told = list(comparing.differences(counted, recount.kept(cluster, later), later))
    assert told
    assert all(said.startswith("统计单元不符：620522000000 ") and said.endswith("数据库1000件") for said in told)
