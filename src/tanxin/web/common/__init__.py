"""The same issue from five or more: what is proposed, what is done about it, planning its talk.

No page names or counts who raised it.
"""
