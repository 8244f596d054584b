"""The caseloads app's machinery in the admin: how systems behave and what is under way.

Students and what belongs to them are not here: whoever looks at those does so on a page, which leaves an access record.
"""

from __future__ import annotations

from django.contrib import admin

from caseloads.models import Breaker, ClockMove, Delivery, KnobTurn, Message, Redirected, SystemSetting
from orcs_portal.shared.admin import ReadOnlyAdmin


@admin.register(SystemSetting)
class SystemSettingAdmin(ReadOnlyAdmin[SystemSetting]):
    """How each system is fed, lags and misbehaves."""

    list_display = ["system", "fed_by", "fault", "rate", "slow_seconds", "lag_min", "lag_max", "lag_promise"]


@admin.register(KnobTurn)
class KnobTurnAdmin(ReadOnlyAdmin[KnobTurn]):
    """How the demonstration's systems were set."""

    list_display = ["system", "fault", "turned", "by"]
    list_select_related = ["by"]


@admin.register(Breaker)
class BreakerAdmin(ReadOnlyAdmin[Breaker]):
    """Whether each system answers."""

    list_display = ["system", "silences", "opened", "probe", "answered", "drains_until"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin[Delivery]):
    """The queue, by surrogate ids."""

    list_display = ["id", "call_id", "system", "state", "attempts", "queued", "due", "delivered", "reason"]
    list_filter = ["system", "state"]
    exclude = ["student", "call"]


@admin.register(ClockMove)
class ClockMoveAdmin(ReadOnlyAdmin[ClockMove]):
    """How the demonstration's clock was moved."""

    list_display = ["minutes", "asked_by", "asked", "reached", "done"]
    list_select_related = ["asked_by"]


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin[Message]):
    """What was written to agencies, which names no student (R12)."""

    list_display = ["id", "kind", "subject", "to", "copied", "state", "written", "sent", "reason"]
    list_filter = ["kind", "state"]


@admin.register(Redirected)
class RedirectedAdmin(ReadOnlyAdmin[Redirected]):
    """Evaluations that were led to SESIS (R14)."""

    list_display = ["school", "language", "for_school", "asked_by", "asked"]
    list_select_related = ["school", "asked_by"]
