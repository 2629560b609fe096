"""Prints the commands of the README's code blocks that are marked `sh newcomer`."""

import re
from pathlib import Path

readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
for block in re.findall(r"```sh newcomer\n(.*?)```", readme, flags=re.DOTALL):
    print(block.strip())  # noqa: T201
