"""Every list that leaves: text stays text in all of them, and people leave only by a mark."""

import io
import zipfile

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gezhi.ground.sheets import writing
from gezhi.work.cases.queries import QUEUES

_SETUP = {
    "units": "system_administrator", "areas": "system_administrator",
    "duties": "system_administrator", "routes": "system_administrator",
    "posts": "system_administrator", "staff": "system_administrator",
    "accounts": "security_administrator", "audit": "audit_administrator",
}  # fmt: skip
# Who takes each list; queues are taken by whoever has them.
_TAKEN_BY = {
    "desk:search_export": "acceptor",
    "desk:precedents_export": "dispatcher",
    "desk:admissions_export": "handler",
    "desk:rota_export": "li",
    "desk:failed_export": "system_administrator",
    "desk:figures_export": "wang",
    "desk:topics_export": "wang",
    "desk:value_export": "wang",
    "desk:knowledge_export": "acceptor",
}
# In the template of another system, or beside its sheet: `work/orders` tests what stands in them.
_OF_ORDERS = {"desk:orders_export", "desk:order_reconciliation_export"}
_SIGNS = ("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "＝1+1", "＋1", "－1", "＠SUM(A1)")


def _exports(found=None, prefix=""):
    """The names of all addresses of the desk that let a list out."""
    names = set()
    for one in (found or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            inside = f"{prefix}{one.namespace}:" if one.namespace else prefix
            names |= _exports(one, inside)
        elif isinstance(one, URLPattern) and (one.name or "").endswith("export"):
            names.add(f"{prefix}{one.name}")
    return {name for name in names if name.startswith("desk:")}


def test_every_list_that_leaves_stands_here():
    assert _exports() == {*_TAKEN_BY, *_OF_ORDERS, "desk:export", "desk:setup:export"}


def _addresses():
    yield from ((reverse(name), who) for name, who in _TAKEN_BY.items())
    yield from ((reverse("desk:setup:export", args=[name]), who) for name, who in _SETUP.items())
    yield from ((reverse("desk:export", args=[name]), "") for name in QUEUES)


@pytest.mark.parametrize(("path", "who"), list(_addresses()))
def test_a_formula_in_it_stays_text_whatever_it_begins_with(
    cast, client_of, path, who, monkeypatch
):
    """Rows of formulas in the place of the list's own: no cell reckons, each is marked as text."""
    people = [who] if who else [name for name, _person in _queue_people(cast)]
    real = writing._write

    def with_formulas(held, name, columns, _rows, mark):
        columns = list(columns)
        rows = [tuple(sign for _column in columns) for sign in _SIGNS]
        real(held, name, columns, rows, mark)

    monkeypatch.setattr(writing, "_write", with_formulas)
    for name in people:
        answer = client_of(getattr(cast, name)).post(path, {"purpose": "核对"})
        if answer.status_code == 405:
            answer = client_of(getattr(cast, name)).get(path)
        if answer.status_code == 404 and not who:
            continue
        assert answer.status_code == 200
        book = zipfile.ZipFile(io.BytesIO(b"".join(answer)))
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert 'quotePrefix="1"' in book.read("xl/styles.xml").decode()
        return
    raise AssertionError(f"nobody of the cast has {path}")


def _queue_people(cast):
    return [
        (name, getattr(cast, name))
        for name in ("acceptor", "dispatcher", "handler", "checker", "supervisor", "li", "zhang")
    ]
