"""The roles and kinds of leave that ship with the product, with titles in both languages.

Invariant: a role is open text in every event; this table only knows the usual ones, so that a slip is caught.
"""

from __future__ import annotations

from collections.abc import Iterable

from branchops.core.output.messages import pick

HEAD = "outlet-head"

SOLE_ROLES: frozenset[str] = frozenset({HEAD})
"""Roles that exactly one person holds at any instant."""

ROLES: dict[str, tuple[str, str]] = {
    "admin-assistant": ("Administrative assistant", "行政助理"),
    "admin-dept": ("Administration department", "行政部门"),
    "auditor": ("Auditor", "稽核员"),
    "complaint-handler": ("Complaint handler", "投诉管理人"),
    "controller": ("Internal controller", "内控员"),
    "corporate-teller": ("Corporate teller", "对公柜员"),
    "general-teller": ("General teller", "综合柜员"),
    "gm-assistant": ("General manager's assistant", "总经理助理"),
    "guard": ("Security guard", "保安员"),
    "hygiene-steward": ("Hygiene steward", "卫生管理员"),
    "lobby-manager": ("Lobby manager", "大堂经理"),
    HEAD: ("Head of the outlet", "网点负责人"),
    "service-observer": ("Service observer", "服务督察员"),
    "statement-custodian": ("Custodian of statements", "对账单保管人"),
    "teller": ("Teller", "柜员"),
    "trainer": ("Trainer", "培训师"),
}

LEAVES: dict[str, tuple[str, str]] = {
    "annual": ("Annual leave", "年休假"),
    "personal": ("Personal leave", "事假"),
    "sick": ("Sick leave", "病假"),
    "training": ("Away for training", "外出培训"),
    "other": ("Other leave", "其他"),
}


def role_title(role: str) -> str:
    """The role's title in the language of the output; a role unknown here is its own title."""
    return _title(ROLES, role)


def role_words(role: str) -> str:
    """A role in a sentence: its title where the language is not that of the codes, else the code people type."""
    return pick(role, role_title(role))


def leave_title(reason: str) -> str:
    """The kind of leave in the language of the output; an unknown kind is its own title."""
    return _title(LEAVES, reason)


def _title(table: dict[str, tuple[str, str]], key: str) -> str:
    return pick(*table.get(key, (key, key)))


def nearest(text: str, among: Iterable[str]) -> str | None:
    """The candidate a mistyped text most likely meant, letter case aside; None when nothing is close."""
    from difflib import get_close_matches

    folded = {candidate.casefold(): candidate for candidate in among}
    close = get_close_matches(text.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None
