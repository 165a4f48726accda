import pytest
from markdown_it import MarkdownIt

from chat.markdown import escape


@pytest.mark.parametrize(
    ("title", "escaped"),
    [
        ("Mission: Impossible", "Mission: Impossible"),
        ("Mission:Impossible", r"Mission\:Impossible"),
        ("Thor:Ragnarok", r"Thor\:Ragnarok"),
        ("M*A*S*H", r"M\*A\*S\*H"),
        ("[REC]", r"\[REC\]"),
        ("3:10 to Yuma", "3:10 to Yuma"),
        ("Tom & Jerry", "Tom & Jerry"),
        ("2. Akt", r"2\. Akt"),
        ("1917", "1917"),
        ("8½", "8½"),
        ("- 30 -", r"\- 30 -"),
    ],
)
def test_escape(title: str, escaped: str) -> None:
    assert escape(title) == escaped


@pytest.mark.parametrize(
    "title",
    [
        "M*A*S*H",
        "[REC]²",
        "a_b_c",
        "`code`",
        "<b>bold</b>",
        "AT&amp;T",
        "![x](http://e)",
        "# 1",
        "1. x",
        r"a\b",
    ],
)
def test_escaped_text_renders_as_itself(title: str) -> None:
    (block,) = [token for token in MarkdownIt().parse(escape(title)) if token.type == "inline"]
    assert "".join(child.content for child in block.children or ()) == title
    assert {child.type for child in block.children or ()} <= {"text", "text_special"}
