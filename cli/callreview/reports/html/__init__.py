"""Pages: Jinja2 templates that become one file each, with nothing in it that a browser would have to fetch or trust.

Styles and the script stand in the page. Its content security policy allows just these, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_HERE = Path(__file__).parent


def render(template: str, *, styles: Sequence[str], scripts: Sequence[str], **data: Any) -> str:
    """A page from a template of this folder, with the style sheets and scripts of these names in it."""
    style, script = _joined(styles), _joined(scripts)
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    return environment().get_template(template).render(style=style, script=script, policy=Markup(policy), **data)


@cache
def environment() -> Environment:
    """The templates of this folder; what they print is escaped, and what they ask for must be there."""
    return Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _joined(names: Sequence[str]) -> Markup:
    return Markup("\n".join((_HERE / name).read_text(encoding="utf-8") for name in names))


def _hash(text: str) -> str:
    """A source of a content security policy that allows just this text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
