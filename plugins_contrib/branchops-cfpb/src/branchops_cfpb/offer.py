"""What the plugin answers and exchanges."""

from __future__ import annotations

from branchops.api import N_, Export, Offer, Report, Showing
from branchops_cfpb import reports
from branchops_cfpb.reading import KIND

OFFER = Offer(
    reports=(
        Report(
            name="cfpb-insight",
            title=N_("complaints, companies and largest share by product and year"),
            make=reports.insight,
            rules=("cfpb.concentration",),
        ),
        Report(name="cfpb-products", title=N_("complaints by product"), make=reports.products),
        Report(name="cfpb-timely", title=N_("answered in time, by product"), make=reports.timely),
    ),
    imports=(KIND,),
    exports=(Export(name="cfpb-insight", title=N_("CSV without a header"), write=reports.write_insight),),
    shows=(Showing(prefix="CFPB", view="cfpb.complaint", page=reports.page),),
)
