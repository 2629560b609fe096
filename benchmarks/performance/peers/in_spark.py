"""The event query in Spark on this machine."""

import json
import os
import sys

import pyspark
from pyspark.sql import SparkSession

asked = json.load(sys.stdin)
cores = len(os.sched_getaffinity(0))
spark = (
    SparkSession.builder.master(f"local[{cores}]")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.memory", "4g")
    .config("spark.local.dir", asked["spill"])
    .config("spark.sql.shuffle.partitions", str(4 * cores))
    .config("spark.sql.session.timeZone", "UTC")
    .getOrCreate()
)
spark.read.parquet(asked["log"]).createOrReplaceTempView("events")
row = spark.sql(asked["query"]).collect()[0]
spark.stop()
answer = dict(zip(("returns", "interruptions", "wait_us"), map(int, row), strict=True))
print(json.dumps({**answer, "version": f"PySpark {pyspark.__version__}, local[{cores}]"}))
