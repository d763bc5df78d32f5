"""The door: everything a plugin may import, and nothing else is promised.

Names here follow semantic versioning; `API_VERSION` goes up when one of them changes its meaning or goes away. A name
is imported when it is first asked for, so that the light part of a plugin stays light.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from branchops.core.clock import stamp as stamp
    from branchops.core.clock import unstamp as unstamp
    from branchops.core.entry import Entry as Entry
    from branchops.core.entry import New as New
    from branchops.core.entry import Outcome as Outcome
    from branchops.core.errors import (
        BranchOpsError as BranchOpsError,
    )
    from branchops.core.errors import (
        Conflict as Conflict,
    )
    from branchops.core.errors import (
        Exit as Exit,
    )
    from branchops.core.errors import (
        NotEntitled as NotEntitled,
    )
    from branchops.core.errors import (
        NotFound as NotFound,
    )
    from branchops.core.errors import (
        Owed as Owed,
    )
    from branchops.core.errors import (
        PartlyRejected as PartlyRejected,
    )
    from branchops.core.errors import (
        PluginFailed as PluginFailed,
    )
    from branchops.core.errors import (
        Rejected as Rejected,
    )
    from branchops.core.errors import (
        UsageError as UsageError,
    )
    from branchops.core.exchange.prepared import Prepared as Prepared
    from branchops.core.extend.descriptors import (
        API_VERSION as API_VERSION,
    )
    from branchops.core.extend.descriptors import (
        EventType as EventType,
    )
    from branchops.core.extend.descriptors import (
        Export as Export,
    )
    from branchops.core.extend.descriptors import (
        Group as Group,
    )
    from branchops.core.extend.descriptors import (
        ImportKind as ImportKind,
    )
    from branchops.core.extend.descriptors import (
        Offer as Offer,
    )
    from branchops.core.extend.descriptors import (
        Plugin as Plugin,
    )
    from branchops.core.extend.descriptors import (
        Report as Report,
    )
    from branchops.core.extend.descriptors import (
        Rulebook as Rulebook,
    )
    from branchops.core.extend.descriptors import (
        Showing as Showing,
    )
    from branchops.core.extend.descriptors import (
        event_types as event_types,
    )
    from branchops.core.extend.hookspecs import hookimpl as hookimpl
    from branchops.core.extend.packs import Pack as Pack
    from branchops.core.judgement import told as told
    from branchops.core.output.layout import cell_width as cell_width
    from branchops.core.output.messages import N_ as N_
    from branchops.core.output.messages import _ as _
    from branchops.core.output.messages import language as language
    from branchops.core.output.messages import listing as listing
    from branchops.core.output.messages import pick as pick
    from branchops.core.output.printing import PrintedRegister as PrintedRegister
    from branchops.core.output.printing import pages as pages
    from branchops.core.output.safe import csv_cell as csv_cell
    from branchops.core.output.safe import html_text as html_text
    from branchops.core.output.table import Column as Column
    from branchops.core.output.table import Drawing as Drawing
    from branchops.core.output.table import Page as Page
    from branchops.core.output.table import Said as Said
    from branchops.core.output.table import Table as Table
    from branchops.core.people.events import RoleEnded as RoleEnded
    from branchops.core.people.events import RoleGiven as RoleGiven
    from branchops.core.people.keys import is_sealed as is_sealed
    from branchops.core.people.masking import mask as mask
    from branchops.core.people.masking import tidy as tidy
    from branchops.core.people.roles import role_title as role_title
    from branchops.core.people.secrets import ask_hidden as ask_hidden
    from branchops.core.people.staff import People as People
    from branchops.core.people.staff import Staff as Staff
    from branchops.core.reading import Reading as Reading
    from branchops.core.rulebook.calendar import Calendar as Calendar
    from branchops.core.rulebook.deadline import (
        Deadline as Deadline,
    )
    from branchops.core.rulebook.deadline import (
        Step as Step,
    )
    from branchops.core.rulebook.deadline import (
        days_limit as days_limit,
    )
    from branchops.core.rulebook.deadline import (
        end_of_day as end_of_day,
    )
    from branchops.core.rulebook.deadline import (
        regulatory as regulatory,
    )
    from branchops.core.rulebook.deadline import (
        within_business_days as within_business_days,
    )
    from branchops.core.rulebook.deadline import (
        within_minutes as within_minutes,
    )
    from branchops.core.rulebook.duty import Duty as Duty
    from branchops.core.rulebook.duty import duty_id as duty_id
    from branchops.core.rulebook.duty import owed as owed
    from branchops.core.rulebook.duty import status as status
    from branchops.core.rulebook.fields import Event as Event
    from branchops.core.rulebook.fields import Personal as Personal
    from branchops.core.rulebook.fields import Signs as Signs
    from branchops.core.rulebook.policy import Policy as Policy
    from branchops.core.rulebook.record import (
        Facts as Facts,
    )
    from branchops.core.rulebook.record import (
        Meta as Meta,
    )
    from branchops.core.rulebook.record import (
        Recorded as Recorded,
    )
    from branchops.core.rulebook.record import (
        Signature as Signature,
    )
    from branchops.core.rulebook.recurrence import (
        Occurrence as Occurrence,
    )
    from branchops.core.rulebook.recurrence import (
        big_clean_dates as big_clean_dates,
    )
    from branchops.core.rulebook.recurrence import (
        every_business_day as every_business_day,
    )
    from branchops.core.rulebook.recurrence import (
        every_n_days as every_n_days,
    )
    from branchops.core.rulebook.recurrence import (
        month_ends as month_ends,
    )
    from branchops.core.rulebook.recurrence import (
        period_bounds as period_bounds,
    )
    from branchops.core.rulebook.recurrence import (
        previous_period as previous_period,
    )
    from branchops.core.rulebook.recurrence import (
        quarter_ends as quarter_ends,
    )
    from branchops.core.rulebook.rule import (
        Ask as Ask,
    )
    from branchops.core.rulebook.rule import (
        DutyRule as DutyRule,
    )
    from branchops.core.rulebook.rule import (
        Reaction as Reaction,
    )
    from branchops.core.rulebook.rule import (
        Rule as Rule,
    )
    from branchops.core.rulebook.rule import (
        Validator as Validator,
    )
    from branchops.core.rulebook.rule import (
        duty as duty,
    )
    from branchops.core.rulebook.rule import (
        enforces as enforces,
    )
    from branchops.core.rulebook.rule import (
        gather as gather,
    )
    from branchops.core.rulebook.rule import (
        markers as markers,
    )
    from branchops.core.rulebook.rule import (
        reaction as reaction,
    )
    from branchops.core.rulebook.rule import (
        validator as validator,
    )
    from branchops.core.rulebook.verdict import (
        Grade as Grade,
    )
    from branchops.core.rulebook.verdict import (
        Verdict as Verdict,
    )
    from branchops.core.rulebook.verdict import (
        breach as breach,
    )
    from branchops.core.rulebook.verdict import (
        forbid as forbid,
    )
    from branchops.core.rulebook.verdict import (
        reject as reject,
    )
    from branchops.core.rulebook.verdict import (
        warn as warn,
    )
    from branchops.core.views.table import View as View
    from branchops.doing import (
        act as act,
    )
    from branchops.doing import (
        file_digest as file_digest,
    )
    from branchops.doing import (
        number as number,
    )
    from branchops.doing import (
        record_id as record_id,
    )
    from branchops.doing import (
        run_report as run_report,
    )
    from branchops.doing import staff_ids as staff_ids
    from branchops.kept import kept_files as kept_files
    from branchops.session import Session as Session
    from branchops.session import parse_day as parse_day
    from branchops.session import session as session
    from branchops.showing import about as about
    from branchops.showing import duty_rows as duty_rows
    from branchops.showing import duty_table as duty_table
    from branchops.showing import first_of as first_of
    from branchops.showing import first_page as first_page
    from branchops.showing import owed_by as owed_by
    from branchops.showing import state_title as state_title
    from branchops.showing import tell as tell
    from branchops.showing import verdict_table as verdict_table
    from branchops.showing import with_more as with_more

_HOMES = {
    "API_VERSION": "branchops.core.extend.descriptors:API_VERSION",
    "Ask": "branchops.core.rulebook.rule:Ask",
    "BranchOpsError": "branchops.core.errors:BranchOpsError",
    "Calendar": "branchops.core.rulebook.calendar:Calendar",
    "Column": "branchops.core.output.table:Column",
    "Conflict": "branchops.core.errors:Conflict",
    "Deadline": "branchops.core.rulebook.deadline:Deadline",
    "Drawing": "branchops.core.output.table:Drawing",
    "Duty": "branchops.core.rulebook.duty:Duty",
    "DutyRule": "branchops.core.rulebook.rule:DutyRule",
    "Entry": "branchops.core.entry:Entry",
    "Event": "branchops.core.rulebook.fields:Event",
    "EventType": "branchops.core.extend.descriptors:EventType",
    "Exit": "branchops.core.errors:Exit",
    "Export": "branchops.core.extend.descriptors:Export",
    "Facts": "branchops.core.rulebook.record:Facts",
    "Grade": "branchops.core.rulebook.verdict:Grade",
    "Group": "branchops.core.extend.descriptors:Group",
    "ImportKind": "branchops.core.extend.descriptors:ImportKind",
    "Meta": "branchops.core.rulebook.record:Meta",
    "N_": "branchops.core.output.messages:N_",
    "New": "branchops.core.entry:New",
    "NotEntitled": "branchops.core.errors:NotEntitled",
    "NotFound": "branchops.core.errors:NotFound",
    "Occurrence": "branchops.core.rulebook.recurrence:Occurrence",
    "Offer": "branchops.core.extend.descriptors:Offer",
    "Outcome": "branchops.core.entry:Outcome",
    "Owed": "branchops.core.errors:Owed",
    "Pack": "branchops.core.extend.packs:Pack",
    "Page": "branchops.core.output.table:Page",
    "PartlyRejected": "branchops.core.errors:PartlyRejected",
    "People": "branchops.core.people.staff:People",
    "Personal": "branchops.core.rulebook.fields:Personal",
    "Plugin": "branchops.core.extend.descriptors:Plugin",
    "PluginFailed": "branchops.core.errors:PluginFailed",
    "Policy": "branchops.core.rulebook.policy:Policy",
    "Prepared": "branchops.core.exchange.prepared:Prepared",
    "PrintedRegister": "branchops.core.output.printing:PrintedRegister",
    "Reaction": "branchops.core.rulebook.rule:Reaction",
    "Reading": "branchops.core.reading:Reading",
    "Recorded": "branchops.core.rulebook.record:Recorded",
    "Rejected": "branchops.core.errors:Rejected",
    "Report": "branchops.core.extend.descriptors:Report",
    "RoleEnded": "branchops.core.people.events:RoleEnded",
    "RoleGiven": "branchops.core.people.events:RoleGiven",
    "Rule": "branchops.core.rulebook.rule:Rule",
    "Rulebook": "branchops.core.extend.descriptors:Rulebook",
    "Said": "branchops.core.output.table:Said",
    "Session": "branchops.session:Session",
    "Showing": "branchops.core.extend.descriptors:Showing",
    "Signature": "branchops.core.rulebook.record:Signature",
    "Signs": "branchops.core.rulebook.fields:Signs",
    "Staff": "branchops.core.people.staff:Staff",
    "Step": "branchops.core.rulebook.deadline:Step",
    "Table": "branchops.core.output.table:Table",
    "UsageError": "branchops.core.errors:UsageError",
    "Validator": "branchops.core.rulebook.rule:Validator",
    "Verdict": "branchops.core.rulebook.verdict:Verdict",
    "View": "branchops.core.views.table:View",
    "_": "branchops.core.output.messages:_",
    "about": "branchops.showing:about",
    "act": "branchops.doing:act",
    "ask_hidden": "branchops.core.people.secrets:ask_hidden",
    "big_clean_dates": "branchops.core.rulebook.recurrence:big_clean_dates",
    "breach": "branchops.core.rulebook.verdict:breach",
    "cell_width": "branchops.core.output.layout:cell_width",
    "csv_cell": "branchops.core.output.safe:csv_cell",
    "days_limit": "branchops.core.rulebook.deadline:days_limit",
    "duty": "branchops.core.rulebook.rule:duty",
    "duty_id": "branchops.core.rulebook.duty:duty_id",
    "duty_rows": "branchops.showing:duty_rows",
    "duty_table": "branchops.showing:duty_table",
    "end_of_day": "branchops.core.rulebook.deadline:end_of_day",
    "enforces": "branchops.core.rulebook.rule:enforces",
    "event_types": "branchops.core.extend.descriptors:event_types",
    "every_business_day": "branchops.core.rulebook.recurrence:every_business_day",
    "every_n_days": "branchops.core.rulebook.recurrence:every_n_days",
    "file_digest": "branchops.doing:file_digest",
    "first_of": "branchops.showing:first_of",
    "first_page": "branchops.showing:first_page",
    "forbid": "branchops.core.rulebook.verdict:forbid",
    "gather": "branchops.core.rulebook.rule:gather",
    "hookimpl": "branchops.core.extend.hookspecs:hookimpl",
    "html_text": "branchops.core.output.safe:html_text",
    "is_sealed": "branchops.core.people.keys:is_sealed",
    "kept_files": "branchops.kept:kept_files",
    "language": "branchops.core.output.messages:language",
    "listing": "branchops.core.output.messages:listing",
    "markers": "branchops.core.rulebook.rule:markers",
    "mask": "branchops.core.people.masking:mask",
    "month_ends": "branchops.core.rulebook.recurrence:month_ends",
    "number": "branchops.doing:number",
    "owed": "branchops.core.rulebook.duty:owed",
    "owed_by": "branchops.showing:owed_by",
    "pages": "branchops.core.output.printing:pages",
    "parse_day": "branchops.session:parse_day",
    "period_bounds": "branchops.core.rulebook.recurrence:period_bounds",
    "pick": "branchops.core.output.messages:pick",
    "previous_period": "branchops.core.rulebook.recurrence:previous_period",
    "quarter_ends": "branchops.core.rulebook.recurrence:quarter_ends",
    "reaction": "branchops.core.rulebook.rule:reaction",
    "record_id": "branchops.doing:record_id",
    "regulatory": "branchops.core.rulebook.deadline:regulatory",
    "reject": "branchops.core.rulebook.verdict:reject",
    "role_title": "branchops.core.people.roles:role_title",
    "run_report": "branchops.doing:run_report",
    "session": "branchops.session:session",
    "staff_ids": "branchops.doing:staff_ids",
    "stamp": "branchops.core.clock:stamp",
    "state_title": "branchops.showing:state_title",
    "status": "branchops.core.rulebook.duty:status",
    "tell": "branchops.showing:tell",
    "tidy": "branchops.core.people.masking:tidy",
    "told": "branchops.core.judgement:told",
    "unstamp": "branchops.core.clock:unstamp",
    "validator": "branchops.core.rulebook.rule:validator",
    "verdict_table": "branchops.showing:verdict_table",
    "warn": "branchops.core.rulebook.verdict:warn",
    "with_more": "branchops.showing:with_more",
    "within_business_days": "branchops.core.rulebook.deadline:within_business_days",
    "within_minutes": "branchops.core.rulebook.deadline:within_minutes",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """Imports a name of the door at first use (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"branchops.api has no {name}; see docs/writing-plugins.md for what it offers")
    module, _colon, attribute = home.partition(":")
    value = getattr(importlib.import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The names of the door."""
    return list(__all__)
