"""An independent judge of HTML: a parser that neither sieve uses says what a browser would see."""

import html5lib

ALLOWED = {"a", "blockquote", "br", "em", "h3", "li", "ol", "p", "strong", "ul"}
NAMESPACE = "{http://www.w3.org/1999/xhtml}"


def offences(html: str, *, tags: set[str] = ALLOWED, attributes: dict[str, set[str]] | None = None) -> list[str]:
    """Every tag, attribute and address that is not on the list, as a browser's parser finds them."""
    allowed = attributes if attributes is not None else {"a": {"href", "rel"}}
    found = []
    for element in html5lib.parseFragment(html, treebuilder="etree").iter():
        if not isinstance(element.tag, str):
            found.append("comment")
            continue
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        tag = element.tag.removeprefix(NAMESPACE)
        if tag not in tags:
            found.append(f"<{tag}>")
        for name, value in element.attrib.items():
            if name not in allowed.get(tag, set()):
                found.append(f"{tag} {name}")
            elif name == "href" and not value.startswith(("http://", "https://", "mailto:")):
                found.append(f"href {value}")
            elif name == "rel" and not {"nofollow", "noopener"} <= set(value.split()):
                found.append(f"rel {value}")
    return found
