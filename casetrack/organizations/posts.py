"""Where someone works, as far as one place must be named."""

from casetrack.accounts.models import User


def place_of(user: User) -> str:
    """The place of the first post, whose days of rest are the user's; empty for who has none."""
    post = user.memberships.select_related("organization").order_by("pk").first()
    if post is None:
        return ""
    return post.region_id or (post.organization.region_id if post.organization else "")
