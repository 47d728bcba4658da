"""Where someone works, as far as one place must be named."""

from casetrack.accounts.models import User
from casetrack.organizations.models import Organization


def office_of(user: User) -> Organization | None:
    """The office of the first post; None for who answers for a region, or has no post."""
    post = user.memberships.select_related("organization").order_by("pk").first()
    return post.organization if post else None


def place_of(user: User) -> str:
    """The place of the first post, whose days of rest are the user's; empty for who has none."""
    post = user.memberships.select_related("organization").order_by("pk").first()
    if post is None:
        return ""
    return post.region_id or (post.organization.region_id if post.organization else "")
