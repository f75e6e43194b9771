"""Names of roles as people write them; the first page of a sitting needs them, and little else."""

from __future__ import annotations


def role_title(role: str) -> str:
    """Return the role of a supporter or key holder as people write it."""
    return role.replace("hr-", "HR ").replace("-", " ")
