"""Findings: where what should agree does not, or will only later."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, Value, When

from caseloads.models import Call, Iep, RsaLetter, Student
from compliance.kinds import UNFINISHED, Code, Condition, EventKind, Handling, Owner, Severity, State, Subject
from orcs_portal.shared.fields import all_or_none
from providers.kinds import Language, Service, Setting
from providers.models import Agency, Provider, School

SUBJECT_KEY = ("osis", "service", "language", "setting", "iep", "provider_number", "place", "call", "letter")


def derived_state() -> Case:
    """Return a finding's state: what the comparison says, and where that is open, what people did with it."""
    return Case(
        When(Q(condition=Condition.CLOSED), then=Value(State.RESOLVED.value)),
        When(Q(condition=Condition.EXEMPT), then=Value(State.ACKNOWLEDGED.value)),
        When(Q(condition=Condition.WAITING), then=Value(State.WAITING.value)),
        When(Q(handling=Handling.SNOOZED), then=Value(State.SNOOZED.value)),
        When(Q(handling=Handling.HANDED_OVER), then=Value(State.HANDED_OVER.value)),
        When(Q(handling=Handling.ACKNOWLEDGED), then=Value(State.ACKNOWLEDGED.value)),
        default=Value(State.OPEN.value),
        output_field=models.SmallIntegerField(),
    )


def open_states() -> Q:
    """Return the condition on what is not finished, whoever has it in hand."""
    return Q(state__in=[state.value for state in UNFINISHED])


class Finding(models.Model):
    """One code about one subject, from its first appearance on; it is never deleted and never made twice.

    The subject's key is ``SUBJECT_KEY`` (fields it lacks are empty); student, provider and agency repeat it as rows of
    ours, where there are such.  ``school`` is whose work it is: the student's on the day, or the call's or the place.
    Reconciliation alone writes condition, times and evidence; people's acts alone write handling and who has it.
    Times are world time: ``since`` is when the fault began by its sources, ``opened`` when a comparison first said
    so (again, after it came back), ``until`` to when it is only waiting, ``due`` the last school day to act.
    ``evidence`` is what each system said, by system and field; ``consequences`` are codes that follow from this one.
    """

    code = models.SmallIntegerField(choices=Code)
    subject = models.SmallIntegerField(choices=Subject)
    osis = models.BigIntegerField(null=True, blank=True)
    service = models.SmallIntegerField(choices=Service, null=True, blank=True)
    language = models.SmallIntegerField(choices=Language, null=True, blank=True)
    setting = models.SmallIntegerField(choices=Setting, null=True, blank=True)
    iep = models.ForeignKey(Iep, models.CASCADE, null=True, blank=True, related_name="+", db_index=False)
    provider_number = models.BigIntegerField(null=True, blank=True)
    place = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+", db_index=False)
    call = models.ForeignKey(Call, models.CASCADE, null=True, blank=True, related_name="findings", db_index=False)
    letter = models.ForeignKey(RsaLetter, models.CASCADE, null=True, blank=True, related_name="+", db_index=False)

    student = models.ForeignKey(Student, models.CASCADE, null=True, blank=True, related_name="findings")
    provider = models.ForeignKey(Provider, models.CASCADE, null=True, blank=True, related_name="findings")
    agency = models.ForeignKey(Agency, models.CASCADE, null=True, blank=True, related_name="+", db_index=False)
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+", db_index=False)

    condition = models.SmallIntegerField(choices=Condition)
    severity = models.SmallIntegerField(choices=Severity)
    owner = models.SmallIntegerField(choices=Owner)
    since = models.DateTimeField()
    first_seen = models.DateTimeField()
    opened = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    settled = models.DateTimeField(null=True, blank=True)
    regressed = models.DateTimeField(null=True, blank=True)
    times_back = models.PositiveSmallIntegerField(default=0)
    evidence = models.JSONField(default=dict)
    consequences = ArrayField(models.SmallIntegerField(), default=list)

    handling = models.SmallIntegerField(choices=Handling, default=Handling.NONE)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    handled = models.DateTimeField(null=True, blank=True)
    assigned_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    handed_to = models.SmallIntegerField(choices=Owner, null=True, blank=True)
    ticket = models.CharField(max_length=40, blank=True)
    look_again = models.DateField(null=True, blank=True)
    state = models.GeneratedField(
        expression=derived_state(), output_field=models.SmallIntegerField(), db_persist=True, choices=State
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", *SUBJECT_KEY], name="finding_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=~Q(condition=Condition.OPEN) | Q(opened__isnull=False), name="finding_open_with_time"
            ),
            models.CheckConstraint(
                condition=Q(condition=Condition.CLOSED, settled__isnull=False)
                | (~Q(condition=Condition.CLOSED) & Q(settled__isnull=True)),
                name="finding_closed_iff_settled",
            ),
            models.CheckConstraint(
                condition=~Q(condition=Condition.WAITING) | Q(until__isnull=False), name="finding_waits_until_when"
            ),
            models.CheckConstraint(condition=all_or_none("handled", "handled_by"), name="finding_handled_whole"),
            models.CheckConstraint(
                condition=Q(handling=Handling.HANDED_OVER, handed_to__isnull=False, look_again__isnull=False)
                | (~Q(handling=Handling.HANDED_OVER) & Q(handed_to__isnull=True)),
                name="finding_handed_over_to_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "state", "code"], name="finding_by_school"),
            models.Index(fields=["state", "code"], name="finding_by_state"),
            models.Index(fields=["assigned_to", "state"], name="finding_by_assigned"),
            # What is open is counted by cause, with its students, from this index alone: the rows are wide.
            models.Index(
                fields=["code", "student"],
                include=[
                    *("school", "assigned_to", "owner", "severity", "state"),
                    *("due", "look_again", "opened", "regressed", "id"),
                ],
                condition=open_states(),
                name="finding_open_by_cause",
            ),
            models.Index(fields=["code", "due", "id"], condition=open_states(), name="finding_open_by_due"),
            models.Index(fields=["opened", "id"], condition=open_states(), name="finding_open_by_opened"),
            models.Index(
                fields=["regressed"],
                condition=open_states() & Q(regressed__isnull=False),
                name="finding_open_again",
            ),
            models.Index(
                fields=["opened"],
                condition=Q(state=State.WAITING, opened__isnull=False),
                name="finding_waits_again",
            ),
            models.Index(
                fields=["code", "first_seen", "id"],
                include=[
                    *("school", "owner", "severity", "condition"),
                    *("opened", "regressed", "handling", "handled"),
                ],
                condition=Q(state=State.ACKNOWLEDGED),
                name="finding_acknowledged",
            ),
            models.Index(
                fields=["code", "until", "id"],
                include=["school", "owner", "severity", "opened", "regressed", "handling", "handled"],
                condition=Q(state=State.WAITING),
                name="finding_by_until",
            ),
            models.Index(
                fields=["settled", "id"],
                include=["code", "school", "owner", "severity", "opened", "regressed", "handling", "handled"],
                condition=Q(state=State.RESOLVED),
                name="finding_by_settled",
            ),
        ]

    def __str__(self) -> str:
        """Say the code and the row's id only: this text may reach a log."""
        return f"{Code(self.code).name} {self.pk}"


class FindingEvent(models.Model):
    """An entry of a finding's timeline: what happened (world time), who did it (nobody: the comparison) and a note."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="events")
    kind = models.SmallIntegerField(choices=EventKind)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True, max_length=2000)
    told = models.JSONField(default=dict, blank=True, help_text="To whom, ticket, date to look again")

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(
                F("by"), F("at").desc(), condition=Q(by__isnull=False), name="finding_event_by"
            ),  # somebody's last act, to undo it
        ]

    def __str__(self) -> str:
        """Say the kind and the finding's id."""
        return f"{self.get_kind_display()} {self.finding_id}"
