"""What entries about complaints, their fields and codes are called: marked for the catalogue, read by nothing.

Pages of entries look these up: a type by its stored name, a field whose bare name would say something else by its type
and its name, and a code by itself, so that a clerk never reads `walked-away` in a Chinese sentence.
"""

from __future__ import annotations

from branchops.api import N_

TYPES = (
    N_("complaints.received"), N_("complaints.archived"), N_("complaints.entered"), N_("complaints.classified"),
    N_("complaints.kind-judged"), N_("complaints.suggestion-decided"), N_("complaints.withdrawn"),
    N_("complaints.handed-over"), N_("complaints.accepted"), N_("complaints.head-informed"),
    N_("complaints.instructed"), N_("complaints.notified"), N_("complaints.investigated"), N_("complaints.proposed"),
    N_("complaints.cause-found"), N_("complaints.promised"), N_("complaints.replied"), N_("complaints.contact-tried"),
    N_("complaints.reply-impossible"), N_("complaints.resolved"), N_("complaints.apologised"),
    N_("complaints.explained"), N_("complaints.corrected"), N_("complaints.signed-off"), N_("complaints.closed"),
    N_("complaints.book-replied"), N_("complaints.beyond-authority-confirmed"), N_("complaints.escalated"),
    N_("complaints.limit-extended"), N_("complaints.hotline-called"), N_("complaints.merged"),
    N_("complaints.hq-status"), N_("complaints.surveyed"), N_("complaints.linked"), N_("complaints.unlinked"),
    N_("complaints.unmerged"), N_("complaints.misbehaved"), N_("complaints.checked"), N_("complaints.volume-started"),
    N_("complaints.volume-ended"), N_("complaints.book-checked"), N_("complaints.handler-designated"),
    N_("complaints.printed"), N_("complaints.reported"),
)  # fmt: skip
"""Types of entries."""
OF_TYPE = (
    N_("complaints.handed-over: to"), N_("complaints.promised: by"), N_("complaints.notified: to"),
    N_("complaints.escalated: to"), N_("complaints.linked: to"), N_("complaints.unlinked: to"),
    N_("complaints.reported: to"), N_("complaints.apologised: by"), N_("complaints.misbehaved: who"),
    N_("complaints.limit-extended: days"), N_("complaints.received: since"), N_("complaints.book-checked: first"),
    N_("complaints.book-checked: last"), N_("complaints.book-checked: missing"), N_("complaints.volume-ended: last"),
    N_("complaints.volume-started: first"), N_("complaints.handler-designated: start"),
    N_("complaints.handler-designated: until"), N_("complaints.hotline-called: staff"),
    N_("complaints.hotline-called: said"), N_("complaints.checked: answer"), N_("complaints.checked: code"),
    N_("complaints.checked: rule"), N_("complaints.printed: register"),
    N_("complaints.volume-started: name"), N_("complaints.volume-started: ended"),
)  # fmt: skip
"""Fields that mean something of their own in one type."""
CODES = (
    N_("oral"), N_("book"), N_("letter"), N_("phone"), N_("other"), N_("complaint"), N_("suggestion"), N_("praise"),
    N_("upheld"), N_("partly"), N_("not-upheld"), N_("ordinary"), N_("complex"), N_("major"), N_("declined"),
    N_("na"), N_("related"), N_("duplicate"), N_("reopens"), N_("refused"), N_("shirked"), N_("rude"),
    N_("refused-call"), N_("hung-up"), N_("quarrelled"), N_("walked-away"), N_("other-language"), N_("dropped"),
    N_("withheld"), N_("anonymous"), N_("illegible"), N_("unreachable"), N_("callback"), N_("agent-id"),
    N_("dialled-number"), N_("opening"), N_("handling"), N_("full"), N_("torn"), N_("missing"), N_("visit"),
    N_("web"), N_("app"), N_("social"), N_("email"), N_("fax"), N_("sms"), N_("regulator"), N_("petition"),
    N_("hotline"), N_("third-party"), N_("customer"), N_("media"), N_("judicial"), N_("drastic"), N_("emotional"),
    N_("politely"), N_("apology"), N_("explanation"), N_("interim"), N_("opinion-register"), N_("opinion-book"),
    N_("caller"), N_("contact"),
)  # fmt: skip
"""Codes that are typed and stored."""
