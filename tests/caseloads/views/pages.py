"""Reading pages as their readers do: in words, by links, and by rows."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

from orcs_portal.audit.models import AccessRecord

TAG = re.compile(r"<[^>]*>")
BODY_ROW = re.compile(r'<tr role="row">\s*<th role="rowheader"')
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def words(answer: Any) -> str:  # noqa: ANN401 - the client's own answer
    """Return a page's text without markup, in single plain blanks."""
    text = unescape(TAG.sub(" ", answer.content.decode()))
    return re.sub(r"\s+([.,;:])", r"\1", " ".join(text.split()))


def main(answer: Any) -> str:  # noqa: ANN401 - as above
    """Return the text of a page's main part."""
    inner = re.search(rb"<main.*</main>", answer.content, re.DOTALL)
    assert inner, "no main part"
    text = unescape(TAG.sub(" ", inner.group().decode()))
    return re.sub(r"\s+([.,;:])", r"\1", " ".join(text.split()))


def rows(answer: Any) -> int:  # noqa: ANN401 - as above
    """Return how many rows the tables of a page have."""
    return len(BODY_ROW.findall(answer.content.decode()))


def carried(answer: Any, action: str) -> dict[str, str]:  # noqa: ANN401 - as above
    """Return the hidden fields of the form that posts to an address, without its secret."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', answer.content.decode(), re.DOTALL)
    assert form, f"no form posts to {action}"
    fields = {name: unescape(value) for name, value in FIELD.findall(form.group(1))}
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def all_rows(client: Client, url: str) -> int:
    """Return how many rows a list has, page by page to its end."""
    count, seen = 0, set[str]()
    while url:
        assert url not in seen, "the pages go round in a circle"
        seen.add(url)
        answer = client.get(url)
        assert answer.status_code == 200, url
        count += rows(answer)
        pager = answer.context["pager"]
        url = pager["next_url"] if pager else ""
    return count


def records() -> list[tuple[str, list[int], str, int]]:
    """Return the access records so far, oldest first: page, students, purpose, verb."""
    found = AccessRecord.objects.order_by("id")
    return [(one.what, list(one.students), one.purpose, one.verb) for one in found]
