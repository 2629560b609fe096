"""The page of evaluate."""

from resume_gap.report.page.evaluate.page import content

__all__ = ["content"]
