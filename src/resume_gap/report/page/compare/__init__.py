"""The page of compare."""

from resume_gap.report.page.compare.page import content

__all__ = ["content"]
