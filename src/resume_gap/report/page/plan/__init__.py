"""The page of plan."""

from resume_gap.report.page.plan.page import content

__all__ = ["content"]
