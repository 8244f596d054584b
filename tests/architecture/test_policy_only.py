"""Only ``providers.policy`` decides by affiliation or role (R1, R6, R8, R9, R13)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture import tree
from tests.architecture.decisions import in_python, in_template

POLICY = tree.ROOT / "providers" / "policy"


def is_of_rows(path: Path) -> bool:
    """Return whether a module declares rows, whose conditions are the database's refusals."""
    return path.parent.name == "models" or path.name == "models.py"


def test_no_code_decides_by_affiliation_or_role() -> None:
    found = [
        f"{tree.named(path)}:{line}: {text[:90]}"
        for path in tree.code()
        if POLICY not in path.parents
        for line, text in in_python(path.read_text(encoding="utf-8"), rows=is_of_rows(path))
    ]
    assert not found, found


def test_no_template_decides_by_affiliation_or_role() -> None:
    found = [
        f"{tree.named(path)}:{line}: {text}"
        for path in tree.templates()
        for line, text in in_template(path.read_text(encoding="utf-8"))
    ]
    assert not found, found


def test_the_policy_itself_decides() -> None:
    rules = (POLICY / "rules.py").read_text(encoding="utf-8")
    assert len(in_python(rules)) >= 5


@pytest.mark.parametrize(
    "source",
    [
        "if provider.affiliation == 1: pass",
        "if affiliation != other: pass",
        "x = provider.role in PARAS",
        "x = Affiliation(row.affiliation) is wanted",
        "x = kind is Role.NURSE",
        "x = provider.affiliation in NON_DOE",
        "x = (provider.affiliation, route) == wanted",
        "match provider.role:\n    case _: pass",
        "x = TABLE[provider.role]",
        "x = {Role.NURSE: False}",
        "Provider.objects.filter(affiliation=Affiliation.DOE)",
        "rows.exclude(provider__affiliation__in=NON_DOE)",
        "Q(provider__role=Role.NURSE)",
        "When(affiliation=Affiliation.RSA, then=1)",
        'SQL = "select 1 from providers_provider where affiliation = 1"',
        'SQL = "select 1 from p where p.role in (8)"',
        'SQL = "select case p.affiliation when 1 then 2 end"',
        'SQL = f"select {x} from p where p.affiliation <> 1"',
    ],
)
def test_a_decision_would_be_seen(source: str) -> None:
    assert in_python(source)


@pytest.mark.parametrize(
    "source",
    [
        "facts = ProviderFacts(Affiliation(provider.affiliation), Role(provider.role))",
        "Provider.objects.create(affiliation=Affiliation.DOE, role=Role.NURSE)",
        "field = models.SmallIntegerField(choices=Affiliation)",
        "rows.filter(affiliation=form.cleaned_data['affiliation'])",
        "label = provider.get_affiliation_display()",
        "if provider.affiliation is None: pass",
        "if route_into_sesis(provider.affiliation) is Route.GALAXY: pass",
        "x = AFFILIATIONS['doe']",
        '"""Whose affiliation = DOE."""',
        'SQL = "select 1 from g join p on g.affiliation = p.affiliation"',
        'SQL = "select affiliation from providers_provider"',
        "MARKUP = '<svg role=\"img\">'",
    ],
)
def test_what_is_no_decision_is_left_alone(source: str) -> None:
    if "route_into_sesis" in source:
        assert not [text for _line, text in in_python(source) if text.startswith("Affiliation")]
    else:
        assert not in_python(source)


def test_a_rows_own_condition_is_the_databases_refusal() -> None:
    source = "check = models.Q(affiliation=Affiliation.RSA)"
    assert in_python(source)
    assert not in_python(source, rows=True)
    assert in_python("x = self.affiliation == Affiliation.RSA", rows=True)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("{% if provider.affiliation == 1 %}", [1]),
        ("<p>\n{% elif call.provider.role == 8 %}", [2]),
        ("{% with nurse=provider.role %}", [1]),
        ('<tr role="row">{% if call %}{{ provider.get_role_display }}', []),
        ("{% if call.accepted %}<p role='status'>{% endif %}", []),
    ],
)
def test_a_templates_decision_would_be_seen(text: str, lines: list[int]) -> None:
    assert [line for line, _tag in in_template(text)] == lines
