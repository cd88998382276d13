"""A browser in two words, so that one tells one's own logins apart. No more of it is kept."""

from django.http import HttpRequest

# The first that is found counts: most name the ones they descend from as well.
BROWSERS = (
    ("MicroMessenger", "WeChat"), ("DingTalk", "DingTalk"), ("QQBrowser", "QQ Browser"),
    ("QIHU", "360"), ("360SE", "360"), ("UCBrowser", "UC"), ("Edg", "Edge"), ("OPR", "Opera"),
    ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("OpenHarmony", "HarmonyOS"), ("HarmonyOS", "HarmonyOS"), ("Android", "Android"),
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def device_of(request: HttpRequest) -> str:
    said = request.headers.get("User-Agent", "")
    found = (named(said, BROWSERS), named(said, SYSTEMS))
    return " · ".join(filter(None, found))


def named(said: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in known if sign in said), "")
