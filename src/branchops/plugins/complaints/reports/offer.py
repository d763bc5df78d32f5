"""Questions over complaints: the registers, statistics, lists, and how one complaint is shown."""

from __future__ import annotations

from branchops.api import N_, Offer, Report, Showing
from branchops.plugins.complaints.reports.checks import desk_ready
from branchops.plugins.complaints.reports.importing import KIND
from branchops.plugins.complaints.reports.lacking import gaps
from branchops.plugins.complaints.reports.lists import listed, page
from branchops.plugins.complaints.reports.lookout import causes, overdue, pingpong, satisfaction
from branchops.plugins.complaints.reports.registers import opinion_book, opinion_register
from branchops.plugins.complaints.reports.statistics import statistics
from branchops.plugins.complaints.reports.words import CHANNELS, KINDS, OUTCOMES, STATUS

OFFER = Offer(
    reports=(
        Report(
            name="opinion-register",
            title=N_("Opinion register"),
            make=opinion_register,
            rules=("complaints.two-registers",),
        ),
        Report(name="opinion-book", title=N_("Opinion book"), make=opinion_book, rules=("complaints.two-registers",)),
        Report(
            name="complaint-gaps",
            title=N_("What the registers lack"),
            make=gaps,
            rules=("complaints.oral-reply-and-register",),
            lists=True,
        ),
        Report(
            name="complaint-statistics",
            title=N_("Complaint statistics"),
            make=statistics,
            rules=("complaints.handler-duties", "complaints.settle-at-outlet"),
        ),
        Report(
            name="complaint-causes", title=N_("Causes of complaints"), make=causes, rules=("complaints.analyse-cause",)
        ),
        Report(
            name="complaint-pingpong",
            title=N_("Complaints handed around"),
            make=pingpong,
            rules=("complaints.no-shirking-or-rudeness",),
            lists=True,
        ),
        Report(
            name="complaint-satisfaction",
            title=N_("Satisfaction after closing"),
            make=satisfaction,
            rules=("complaints.accept-courteously",),
            lists=True,
        ),
        Report(
            name="complaints-overdue",
            title=N_("Overdue complaints"),
            make=overdue,
            rules=("complaints.head-primarily-responsible",),
            period=False,
            lists=True,
        ),
    ),
    imports=(KIND,),
    shows=(Showing(prefix="C", view="complaints.case", page=page),),
    checks=(desk_ready,),
    files=("complaints.received", "complaints.investigated", "complaints.escalated"),
)

__all__ = ["CHANNELS", "KINDS", "OFFER", "OUTCOMES", "STATUS", "listed", "page"]
