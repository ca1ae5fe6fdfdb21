"""The signs that hostile HTML is made of, and pieces of it put together at random."""

from random import Random

TAGS = [
    *("a", "b", "p", "br", "em", "strong", "ul", "ol", "li", "h3", "h1", "blockquote", "script", "style", "svg"),
    *("math", "mtext", "mglyph", "table", "td", "tr", "select", "option", "template", "noscript", "textarea", "title"),
    *("xmp", "plaintext", "iframe", "form", "img", "annotation-xml", "foreignObject", "body", "html", "frameset"),
]
ATTRIBUTE_PARTS = [
    *(" href=javascript:alert(1)", ' href="https://a.example/?x=1&y=2"', " onclick=x", ' style="x:y"', " rel=opener"),
    *(" title='</p>'", ' href="//b"', " target=_top", ' href="java\tscript:x"', " xlink:href=javascript:x", " a=`"),
]
LOOSE = [
    *("<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?", "&", "&lt;", "&#60;", "&#x3c", "&amp;lt;", "<", ">", '"', "'"),
    *("\x00", "\u202e", "\u200b", "/", "=", "\n", " ", "x", "مرحبا", "ğ", "</", "/>", "&NotEqualTilde;", "\ud7ff"),
]
# Where the signs of loose words begin: controls, Latin, Arabic, marks that cannot be seen, pictures.
RANGES = (0x00, 0x20, 0x60, 0xC0, 0x600, 0x2000, 0xFE70, 0x1F600)


def hostile(chance: Random) -> str:
    """Up to two dozen pieces in a row: opened, closed, with attributes, or loose signs of any script."""
    return "".join(_piece(chance) for _ in range(chance.randint(0, 24)))


def _piece(chance: Random) -> str:
    kind = chance.randrange(5)
    if kind == 0:
        return f"<{chance.choice(TAGS)}>"
    if kind == 1:
        return f"</{chance.choice(TAGS)}>"
    if kind == 2:
        return f"<{chance.choice(TAGS)}{''.join(chance.choices(ATTRIBUTE_PARTS, k=chance.randint(0, 3)))}>"
    if kind == 3:
        return chance.choice(LOOSE)
    return "".join(chr(chance.choice(RANGES) + chance.randrange(64)) for _ in range(chance.randint(0, 6)))
