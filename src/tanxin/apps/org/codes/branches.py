"""What a post inside the Party says about the role in the branch."""

# The order matters: 副书记 contains 书记.
ROLES = (("副书记", "deputy"), ("书记", "secretary"), ("委员", "committee"), ("党员", "member"))
# Posts of a higher body say nothing about the branch the holder belongs to.
HIGHER = ("党委", "党组", "总支", "纪委", "工委")


def branch_role(post: str) -> str:
    """``secretary | deputy | committee | member``: the role a 党内职务 gives in the branch."""
    if any(body in post for body in HIGHER) and "支部" not in post:
        return "member"
    return next((role for word, role in ROLES if word in post), "member")
