"""Whether a JSON object is a statement by xAPI 1.0.3, Part Two (ADL): what can be told from the statement alone.

Invariant: pure and total. `faults(thing)` names everything found wrong with its place; an empty list means valid.
What needs a store of statements (is the voided statement there, are the attachments' bytes sent) is not judged here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from branchops.plugins.training.exchange import lexical as lex

Fault = tuple[str, str]
"""Where (a path like `actor.account.homePage`) and what."""

Check = Callable[[Any, str], Iterator[Fault]]

STATEMENT = {
    "id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority", "version", "attachments",
}  # fmt: skip
SUB_STATEMENT = {"objectType", "actor", "verb", "object", "result", "context", "timestamp", "attachments"}
IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
INTERACTIONS = {
    "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric",
    "other",
}  # fmt: skip
COMPONENTS = ("choices", "scale", "source", "target", "steps")


def faults(thing: Any) -> list[Fault]:
    """Everything wrong with a statement."""
    return list(_statement(thing, ""))


def valid(thing: Any) -> bool:
    """Whether nothing is wrong with a statement."""
    return not faults(thing)


def _statement(thing: Any, at: str, *, sub: bool = False) -> Iterator[Fault]:
    if not isinstance(thing, dict):
        yield at, "not an object"
        return
    yield from _keys(thing, SUB_STATEMENT if sub else STATEMENT, at, required=("actor", "verb", "object"))
    checks: dict[str, Check] = {
        "id": _of(lex.is_uuid, "not a UUID"),
        "actor": _actor,
        "verb": _verb,
        "object": _sub_object if sub else _object,
        "result": _result,
        "context": _context,
        "timestamp": _of(lex.is_timestamp, "not a timestamp"),
        "stored": _of(lex.is_timestamp, "not a timestamp"),
        "authority": _authority,
        "version": _of(lex.is_version, "not 1.0 or 1.0.x"),
        "attachments": _list_of(_attachment),
    }
    yield from _each(thing, checks, at)
    yield from _together(thing, at)


def _together(thing: dict[str, Any], at: str) -> Iterator[Fault]:
    """What holds between the parts of a statement."""
    target, verb, context = (thing.get(name) for name in ("object", "verb", "context"))
    kind = target.get("objectType", "Activity") if isinstance(target, dict) else "Activity"
    if isinstance(context, dict) and kind != "Activity":
        for name in ("revision", "platform"):
            if name in context:
                yield f"{at}context.{name}", "only where the object is an Activity"
    if isinstance(verb, dict) and verb.get("id") == VOIDED and kind != "StatementRef":
        yield f"{at}object", "a voiding statement refers to a statement"


VOIDED = "http://adlnet.gov/expapi/verbs/voided"


def _keys(thing: dict[str, Any], allowed: set[str], at: str, required: tuple[str, ...] = ()) -> Iterator[Fault]:
    for name, value in thing.items():
        if name not in allowed:
            yield f"{at}{name}", "no such property"
        elif value is None:
            yield f"{at}{name}", "null"
    for name in required:
        if name not in thing:
            yield f"{at}{name}", "missing"


def _each(thing: dict[str, Any], checks: dict[str, Check], at: str) -> Iterator[Fault]:
    for name, check in checks.items():
        if thing.get(name) is not None:
            yield from check(thing[name], f"{at}{name}.")


def _of(test: Callable[[Any], bool], fault: str) -> Check:
    def check(value: Any, at: str) -> Iterator[Fault]:
        if not test(value):
            yield at.rstrip("."), fault

    return check


def _list_of(check: Check) -> Check:
    def checks(value: Any, at: str) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield at.rstrip("."), "not an array"
            return
        for i, item in enumerate(value):
            yield from check(item, f"{at}{i}.")

    return checks


_text = _of(lambda value: isinstance(value, str), "not a string")
_flag = _of(lambda value: isinstance(value, bool), "not a boolean")
_number = _of(lex.is_number, "not a number")
_iri = _of(lex.is_iri, "not an IRI")
_irl = _of(lex.is_iri, "not an IRL")


def _language_map(value: Any, at: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield at.rstrip("."), "not a language map"
        return
    for tag, text in value.items():
        if not lex.is_language(tag):
            yield f"{at}{tag}", "not an RFC 5646 tag"
        if not isinstance(text, str):
            yield f"{at}{tag}", "not a string"


def _extensions(value: Any, at: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield at.rstrip("."), "not an object"
        return
    for key in value:
        if not lex.is_iri(key):
            yield f"{at}{key}", "not an IRI"


# --- actors


def _actor(value: Any, at: str) -> Iterator[Fault]:
    kind = value.get("objectType", "Agent") if isinstance(value, dict) else None
    if kind == "Agent":
        yield from _agent(value, at)
    elif kind == "Group":
        yield from _group(value, at)
    else:
        yield at.rstrip("."), "neither an Agent nor a Group"


def _agent(value: Any, at: str) -> Iterator[Fault]:
    if not isinstance(value, dict) or value.get("objectType", "Agent") != "Agent":
        yield at.rstrip("."), "not an Agent"
        return
    yield from _keys(value, {"objectType", "name", *IDENTIFIERS}, at)
    yield from _identified(value, at, least=1)


def _group(value: Any, at: str) -> Iterator[Fault]:
    if not isinstance(value, dict) or value.get("objectType") != "Group":
        yield at.rstrip("."), "not a Group"
        return
    yield from _keys(value, {"objectType", "name", "member", *IDENTIFIERS}, at)
    yield from _identified(value, at, least=0)
    if not any(name in value for name in IDENTIFIERS) and "member" not in value:
        yield f"{at}member", "missing"
    yield from _each(value, {"member": _list_of(_agent)}, at)


def _identified(value: dict[str, Any], at: str, least: int) -> Iterator[Fault]:
    if not least <= sum(name in value for name in IDENTIFIERS) <= 1:
        yield at.rstrip("."), "takes exactly one of mbox, mbox_sha1sum, openid, account"
    checks: dict[str, Check] = {
        "name": _text,
        "mbox": _of(lex.is_mbox, "not mailto:address"),
        "mbox_sha1sum": _of(lex.is_sha1, "not a SHA-1 in hexadecimal"),
        "openid": _of(lex.is_iri, "not a URI"),
        "account": _account,
    }
    yield from _each(value, checks, at)


def _account(value: Any, at: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield at.rstrip("."), "not an object"
        return
    yield from _keys(value, {"homePage", "name"}, at, required=("homePage", "name"))
    yield from _each(value, {"homePage": _irl, "name": _text}, at)


def _authority(value: Any, at: str) -> Iterator[Fault]:
    yield from _actor(value, at)
    if isinstance(value, dict) and value.get("objectType") == "Group":
        members = value.get("member")
        if any(name in value for name in IDENTIFIERS) or not isinstance(members, list) or len(members) != 2:
            yield at.rstrip("."), "as a Group it is anonymous and has two members"


# --- verb and object


def _verb(value: Any, at: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield at.rstrip("."), "not an object"
        return
    yield from _keys(value, {"id", "display"}, at, required=("id",))
    yield from _each(value, {"id": _iri, "display": _language_map}, at)


def _object(value: Any, at: str, *, sub: bool = False) -> Iterator[Fault]:
    kind = value.get("objectType", "Activity") if isinstance(value, dict) else None
    if kind == "Activity":
        yield from _activity(value, at)
    elif kind == "StatementRef":
        yield from _reference(value, at)
    elif kind == "SubStatement" and not sub:
        yield from _statement(value, at, sub=True)
    elif kind in ("Agent", "Group"):
        yield from _actor(value, at)
    else:
        yield at.rstrip("."), "no kind of object"


def _sub_object(value: Any, at: str) -> Iterator[Fault]:
    yield from _object(value, at, sub=True)


def _reference(value: Any, at: str) -> Iterator[Fault]:
    if not isinstance(value, dict) or value.get("objectType") != "StatementRef":
        yield at.rstrip("."), "not a StatementRef"
        return
    yield from _keys(value, {"objectType", "id"}, at, required=("id",))
    yield from _each(value, {"id": _of(lex.is_uuid, "not a UUID")}, at)


def _activity(value: Any, at: str) -> Iterator[Fault]:
    if not isinstance(value, dict) or value.get("objectType", "Activity") != "Activity":
        yield at.rstrip("."), "not an Activity"
        return
    yield from _keys(value, {"objectType", "id", "definition"}, at, required=("id",))
    yield from _each(value, {"id": _iri, "definition": _definition}, at)


def _definition(value: Any, at: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield at.rstrip("."), "not an object"
        return
    checks: dict[str, Check] = {
        "name": _language_map,
        "description": _language_map,
        "type": _iri,
        "moreInfo": _irl,
        "extensions": _extensions,
        "interactionType": _of(lambda kind: isinstance(kind, str) and kind in INTERACTIONS, "no kind of interaction"),
        "correctResponsesPattern": _list_of(_text),
        **dict.fromkeys(COMPONENTS, _components),
    }
    yield from _keys(value, set(checks), at)
    yield from _each(value, checks, at)
    if "interactionType" not in value and any(name in value for name in (*COMPONENTS, "correctResponsesPattern")):
        yield f"{at}interactionType", "missing"


def _components(value: Any, at: str) -> Iterator[Fault]:
    yield from _list_of(_component)(value, at)
    if isinstance(value, list):
        ids = [item.get("id") for item in value if isinstance(item, dict)]
        if len({str(one) for one in ids}) < len(ids):
            yield at.rstrip("."), "an id twice"


def _component(value: Any, at: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield at.rstrip("."), "not an object"
        return
    yield from _keys(value, {"id", "description"}, at, required=("id",))
    yield from _each(value, {"id": _text, "description": _language_map}, at)


# --- result, context, attachments


def _result(value: Any, at: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield at.rstrip("."), "not an object"
        return
    checks: dict[str, Check] = {
        "score": _score,
        "success": _flag,
        "completion": _flag,
        "response": _text,
        "duration": _of(lex.is_duration, "not an ISO 8601 duration"),
        "extensions": _extensions,
    }
    yield from _keys(value, set(checks), at)
    yield from _each(value, checks, at)


def _score(value: Any, at: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield at.rstrip("."), "not an object"
        return
    names = ("scaled", "raw", "min", "max")
    yield from _keys(value, set(names), at)
    yield from _each(value, dict.fromkeys(names, _number), at)
    scaled, raw, low, high = (value.get(name) if lex.is_number(value.get(name)) else None for name in names)
    if scaled is not None and not -1 <= scaled <= 1:
        yield f"{at}scaled", "outside -1 to 1"
    if low is not None and high is not None and low >= high:
        yield f"{at}min", "not below max"
    if raw is not None and ((low is not None and raw < low) or (high is not None and raw > high)):
        yield f"{at}raw", "outside min to max"


def _context(value: Any, at: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield at.rstrip("."), "not an object"
        return
    checks: dict[str, Check] = {
        "registration": _of(lex.is_uuid, "not a UUID"),
        "instructor": _actor,
        "team": _group,
        "contextActivities": _context_activities,
        "revision": _text,
        "platform": _text,
        "language": _of(lex.is_language, "not an RFC 5646 tag"),
        "statement": _reference,
        "extensions": _extensions,
    }
    yield from _keys(value, set(checks), at)
    yield from _each(value, checks, at)


def _context_activities(value: Any, at: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield at.rstrip("."), "not an object"
        return
    names = ("parent", "grouping", "category", "other")
    yield from _keys(value, set(names), at)
    for name in names:
        if value.get(name) is not None:
            several = value[name] if isinstance(value[name], list) else [value[name]]
            yield from _list_of(_activity)(several, f"{at}{name}.")


def _attachment(value: Any, at: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield at.rstrip("."), "not an object"
        return
    checks: dict[str, Check] = {
        "usageType": _iri,
        "display": _language_map,
        "description": _language_map,
        "contentType": _of(lex.is_media_type, "not a media type"),
        "length": _of(lambda n: isinstance(n, int) and not isinstance(n, bool) and n >= 0, "not a whole number"),
        "sha2": _of(lex.is_sha2, "not a SHA-2 in hexadecimal"),
        "fileUrl": _irl,
    }
    yield from _keys(value, set(checks), at, required=("usageType", "display", "contentType", "length", "sha2"))
    yield from _each(value, checks, at)
