"""A pack as source to be read: over each rule its title, and the clauses it rests on, as comments.

What is printed is the pack itself: it reads back to the same.
"""

from collections.abc import Iterator, Mapping

from tanxin.core.drafting.tree import Tree, entry_text, section_text


def shown(tree: Mapping[str, Tree], language: str) -> str:
    parts = [
        comment(f"{title_of(tree, language)}  {tree.get('pack', '')} {tree.get('version', '')}")
    ]
    for key, value in tree.items():
        if key == "rules" and isinstance(value, list) and value:
            parts += ["rules:\n", "\n".join(_rules(value, tree.get("citations"), language))]
        else:
            parts.append(section_text(key, value))
    return "".join(parts)


def comment(text: str) -> str:
    """A line that no text can break out of."""
    line = "".join(each for each in " ".join(text.split()) if each.isprintable())
    return f"# {line}\n"


def title_of(tree: Mapping[str, Tree], language: str) -> str:
    title = tree.get("title")
    return str(title.get(language, "")) if isinstance(title, dict) else ""


def _rules(rules: list[Tree], citations: Tree, language: str) -> Iterator[str]:
    clauses = citations if isinstance(citations, dict) else {}
    for rule in rules:
        known = rule if isinstance(rule, dict) else {}
        words = [title_of(known, language), *_clauses(known.get("cites"), clauses)]
        above = "".join(f"  {comment(each)}" for each in words if each)
        yield above + entry_text(None, rule)


def _clauses(cites: Tree, clauses: Mapping[str, Tree]) -> Iterator[str]:
    for name in cites if isinstance(cites, list) else [cites]:
        clause = clauses.get(str(name))
        if isinstance(clause, dict):
            place = clause.get("article") or clause.get("section") or ""
            yield f"《{clause.get('document', '')}》 {place}: {clause.get('clause', '')}"
