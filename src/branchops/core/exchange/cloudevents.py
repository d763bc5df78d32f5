"""Events as CloudEvents 1.0 in the JSON format: what other systems' buses and stores take in.

Invariant: (source, id) names one event for ever, so a receiver may drop what it has seen. Extension names are
lower-case letters and digits, as the specification asks; `data` is masked by the caller.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote


def source_of(outlet: str) -> str:
    """The URN of an outlet."""
    return f"urn:branchops:outlet:{quote(outlet, safe='') or 'unknown'}"


def cloud_event(row: dict[str, Any], source: str) -> dict[str, Any]:
    """A row as `log --json` gives it, as a CloudEvent.

    `time` is when it is said to have happened; the extensions tell when it was recorded, its place in the ledger, the
    version of its stream and of its schema, who acted, and the policy it was judged by.
    """
    meta = row["meta"]
    event = {
        "specversion": "1.0",
        "id": row["id"],
        "source": source_of(meta["outlet"]) if meta.get("outlet") else source,
        "type": row["type"],
        "subject": row["stream"],
        "time": row["occurred_at"],
        "recordedat": row["recorded_at"],
        "sequence": str(row["pos"]),
        "sequencetype": "Integer",
        "streamversion": row["version"],
        "schemaversion": row["schema"],
        "policyversion": meta.get("policy", 0),
        "actor": row["actor"],
    }
    if meta.get("breaches"):
        event["breaches"] = ",".join(dict.fromkeys(breach.get("rule") or "-" for breach in meta["breaches"]))
    return {**event, "datacontenttype": "application/json", "data": row["data"]}
