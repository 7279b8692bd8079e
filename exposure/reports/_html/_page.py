"""The page's own files: templates, style and script. Jinja2's one door.

Everything that a template shows is text from `exposure.text` and is escaped as well; what is written is ASCII alone, so
that it means the same in every encoding.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from exposure.reports._words import count
from exposure.text import plain

if TYPE_CHECKING:
    from jinja2 import Environment

_LONGEST = 4_000
"""Characters of one value on the page."""


def rendered(template: str, **values: Any) -> str:
    """A template of ``page/`` with these values in it."""
    page = _environment().get_template(template).render(values)
    return page.encode("ascii", "xmlcharrefreplace").decode()


@cache
def asset(name: str) -> str:
    """One of the files in ``page/``, as it is."""
    return (files(__package__) / "page" / name).read_text("utf-8")


def policy() -> str:
    """The Content Security Policy (CSP level 3) of the page: its one style, its two scripts, pictures inside it, and no
    request for anything, ever; nor may the script make markup from text (Trusted Types)."""
    style, *scripts = (f"'sha256-{_digest(asset(name))}'" for name in ("page.css", "page.js", "posts.js"))
    return (
        f"default-src 'none'; style-src {style}; script-src {' '.join(scripts)}; img-src data:; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _digest(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(asset),
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["asset"] = _markup
    environment.globals["policy"] = policy
    environment.globals["count"] = count
    return environment


def _markup(name: str) -> Any:
    """A file of ours that is no text to be escaped: style and script."""
    from markupsafe import Markup

    return Markup(asset(name))


def _shown(value: object) -> object:
    """Whatever a template shows: text has nothing invisible in it, whoever wrote it."""
    return plain(value, _LONGEST) if type(value) is str else value
