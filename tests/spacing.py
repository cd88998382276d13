"""Chinese sentences that were glued from pieces: a Latin stop between them, a space after 。 or ，.

Written Chinese has neither, so where a page shows one, its words came from fragments that were put
together with English in mind.
"""

import re

HAN = "\u4e00-\u9fff\u300c\u300d\u300e\u300f\uff08\uff09"
BLOCKS = (
    "address|article|aside|blockquote|body|br|button|caption|dd|details|div|dl|dt|fieldset|footer|"
    "form|h1|h2|h3|head|header|hr|input|label|legend|li|main|nav|ol|option|output|p|section|select|"
    "summary|table|tbody|td|textarea|tfoot|th|thead|title|tr|ul"
)
UNSEEN = re.compile(r"<(script|style|template|textarea)\b.*?</\1>", re.DOTALL)
# What people wrote themselves stands as they wrote it.
WRITTEN = re.compile(r'<(\w+)[^>]*class="[^"]*prose-text[^"]*".*?</\1>', re.DOTALL)
BLOCK = re.compile(rf"</?(?:{BLOCKS})\b[^>]*>")
TAG = re.compile(r"<[^>]+>")
GLUED = re.compile(rf"[{HAN}][.,;:!?] ?[{HAN}]|[。；：，、！？] +[{HAN}\w]")
AROUND = 24


def lines_of(html: str) -> list[str]:
    seen = WRITTEN.sub("\0", UNSEEN.sub("\0", html))
    text = TAG.sub("", BLOCK.sub("\0", seen))
    return [" ".join(part.split()) for part in text.split("\0")]


def glued(html: str) -> list[str]:
    """Each place that was glued, with what stands around it."""
    return [
        line[max(0, found.start() - AROUND) : found.end() + AROUND]
        for line in lines_of(html)
        for found in GLUED.finditer(line)
    ]
