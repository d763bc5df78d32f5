"""Messages in the user's language: English is the source text, Chinese comes from compiled catalogues.

Invariant: no lookup ever fails. A message without a translation, a missing catalogue and a damaged one all give the
English text, and English itself loads nothing: the `.mo` files are opened by the first Chinese lookup.

The files are gettext's own format. They are searched where they lie instead of through the `gettext` module, which
decodes every message of a catalogue before it answers for one (`mofile.py`).

The language is one setting of the process, made once by the front door before anything is printed.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from branchops.core.output.mofile import Catalogue

LANGUAGES = ("en", "zh")
CORE_DOMAIN = "branchops"

_language = "en"
_plugin_catalogues: dict[str, Path] = {}
_packages: dict[str, str] = {}
_speakers: dict[str, str] = {}
_catalogues: dict[str, Catalogue] | None = None
_known: dict[tuple[str, str], str] = {}


def _(text: str) -> str:
    """`text` in the present language, or `text` itself where no catalogue knows it. Placeholders are left alone.

    The catalogue of the plugin that asks is searched first: a short word ("Unit") may mean another thing to another.
    """
    if _language == "en" or not text:
        return text
    module = sys._getframe(1).f_globals.get("__name__", "")
    return said_by(_speakers.get(module) or _speaker(module), text)


def said_by(domain: str, text: str) -> str:
    """`text` as the catalogue of `domain` (a plugin's name) has it, else as any other has it."""
    if _language == "en" or not text:
        return text
    found = _known.get((domain, text))
    if found is None:
        found = _known[domain, text] = _look_up(domain, text)
    return found


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it; extraction looks for it
    """Marks `text` for translation and returns it unchanged; whoever shows it calls `_` on it then."""
    return text


def pick(en: str, zh: str) -> str:
    """Of data that carries both languages (rule titles, checklists) the one to show; an empty one never wins."""
    return (zh or en) if _language == "zh" else (en or zh)


def listing(names: Iterable[str]) -> str:
    """Names one after the other, as the present language strings them together: `a, b` or `a、b`."""
    return ("、" if _language == "zh" else ", ").join(names)


def language() -> str:
    """The present language: "en" or "zh"."""
    return _language


def set_language(code: str) -> None:
    """Makes `code` ("en" or "zh") the language of every message from here on. ValueError for any other code."""
    global _language
    if code not in LANGUAGES:
        raise ValueError(f"no such language: {code!r}")
    _language = code


def pick_language(option: str | None, environ: Mapping[str, str]) -> str:
    """The language to use: the option, then BRANCHOPS_LANG, then the locale as POSIX ranks its variables.

    The first of them that is set and not empty decides: anything that begins with "zh" is Chinese, all else English.
    Windows keeps its locale outside the environment, so there the system is asked last.
    """
    for wish in (option, *(environ.get(name) for name in ("BRANCHOPS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))):
        if wish:
            return _code(wish)
    if sys.platform == "win32":
        import locale

        return _code(locale.getlocale()[0] or "")
    return "en"


def add_catalogue(domain: str, localedir: Path, package: str = "") -> None:
    """Lets `localedir`/zh/LC_MESSAGES/`domain`.mo answer for texts that no earlier catalogue knows.

    Only notes the place; the file is read by the first Chinese lookup. The first place named for a domain stays. What
    the modules of `package` say is looked up there before anywhere else; for all others core's own comes first.
    """
    global _catalogues
    if domain != CORE_DOMAIN and domain not in _plugin_catalogues:
        _plugin_catalogues[domain] = localedir
        if package:
            _packages[package] = domain
        _catalogues = None
        _known.clear()
        _speakers.clear()


def _code(wish: str) -> str:
    return "zh" if wish.strip().lower().startswith(("zh", "chinese")) else "en"


def _speaker(module: str) -> str:
    """The domain of the plugin that a module belongs to, else core's."""
    found = next((d for name, d in _packages.items() if module == name or module.startswith(f"{name}.")), CORE_DOMAIN)
    _speakers[module] = found
    return found


def _look_up(domain: str, text: str) -> str:
    """The translation by the catalogue of `domain`, else core's, else the first other that has one; else `text`."""
    global _catalogues
    if _catalogues is None:
        _catalogues = _open_all()
    own = _catalogues.get(domain)
    chain = (own, *_catalogues.values()) if own is not None else _catalogues.values()
    return next((found for one in chain if (found := one.find(text))), text)


def _open_all() -> dict[str, Catalogue]:
    from pathlib import Path

    from branchops.core.output.mofile import Catalogue

    opened: dict[str, Catalogue] = {}
    places = {CORE_DOMAIN: Path(__file__).parents[2] / "locale", **_plugin_catalogues}
    for domain, place in places.items():
        try:
            opened[domain] = Catalogue((place / "zh" / "LC_MESSAGES" / f"{domain}.mo").read_bytes())
        except (OSError, ValueError):
            continue  # a missing or damaged catalogue costs its translations, never the command
    return opened
