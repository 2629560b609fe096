"""The page of analyze."""

from resume_gap.report.page.analyze.page import content

__all__ = ["content"]
