"""What happens at the counter, by room. Each type names the view whose row is its state."""

from __future__ import annotations

from branchops.api import event_types
from branchops.plugins.counter.events import custody, differences, ids, managing, registers, seat

EVENTS = (
    *event_types("counter", seat.SeatLeft, seat.CountAttested, seat.SignedOff, seat.Returned, state="counter.absence"),
    *event_types("counter", seat.Balanced, seat.CashReceived, seat.VaultedIn, seat.FinalCounted, state="counter.till"),
    *event_types("counter", custody.BagSealed, custody.BagOpened, state="counter.bag"),
    *event_types("counter", custody.IncidentRaised, custody.IncidentCleared, state="counter.incident"),
    *event_types("counter", custody.VanMet, custody.VanLeft, custody.VanNone, state="counter.van"),
    *event_types(
        "counter",
        custody.StampAssigned,
        custody.StampHandedOver,
        custody.StampStowed,
        custody.StampTaken,
        custody.StampLost,
        state="counter.stamp",
    ),
    *event_types(
        "counter",
        differences.DifferenceOpened,
        differences.DifferenceResolved,
        differences.DifferenceSuspended,
        differences.DifferenceFollowedUp,
        differences.ClaimLinked,
        differences.DifferenceDisposed,
        state="counter.diff",
    ),
    *event_types("counter", differences.DeviceCounted, state="counter.device"),
    *event_types("counter", ids.UserIdSeen, ids.IdPurged, ids.IdWaived),
    *event_types("counter", ids.IdsReviewed, state="counter.review"),
    *event_types("counter", registers.SpecialEntered, state="counter.special"),
    *event_types("counter", registers.SpecialPrinted, state="counter.print"),
    *event_types(
        "counter",
        registers.CustodianSet,
        registers.CustodyHandedOver,
        registers.StatementsMoved,
        state="counter.custody",
    ),
    *event_types("counter", registers.SealChecked, registers.SealTotalled, state="counter.seal-day"),
    *event_types("counter", registers.BreachObserved, registers.AssistanceWitnessed, registers.Ticked),
    *event_types(
        "counter", managing.ControlSet, managing.ControlExercised, managing.ControlRetired, state="counter.control"
    ),
    *event_types("counter", managing.InspectionPlanned, managing.InspectionDone, state="counter.inspection"),
    *event_types("counter", managing.Assessed, managing.AssessmentAppealed, state="counter.assessment"),
    *event_types("counter", managing.MeritRecorded, state="counter.merit"),
    *event_types("counter", managing.Suggested, managing.SuggestionDecided, state="counter.suggestion"),
    *event_types("counter", managing.StatementRead, state="counter.reading"),
)
