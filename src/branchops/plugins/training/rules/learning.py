"""Quizzes, sign-offs, reflections, acknowledgements, waivers (Doc1 III.1 and III.3, Doc4)."""

from __future__ import annotations

from collections.abc import Iterator

from branchops.api import N_, Ask, Facts, Policy, Verdict, breach, reject, validator
from branchops.plugins.training.events import learning as ev
from branchops.plugins.training.rules.curriculum import topics
from branchops.plugins.training.rules.decide_learning import passes
from branchops.plugins.training.rules.likeness import likeness
from branchops.plugins.training.views.learner import Learner, TopicRecord

About = ev.QuizTaken | ev.SignedOff | ev.Acknowledged | ev.Waived
SESSION = {"session": Ask("training.session", lambda event, _: event.session or None)}


@validator("training.rules-study", on=(ev.QuizTaken, ev.SignedOff, ev.Acknowledged, ev.Waived))
def topic_of_the_curriculum(event: About, _row: Learner | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Doc1 III.3: what is proved, signed or waived is a topic of the curriculum, of somebody who works here."""
    book = topics(facts.table("training", "topic"))
    if event.topic not in book:
        yield reject(
            N_("The curriculum has no topic “{topics}”."),
            N_("Its topics: {known}"),
            topics=event.topic,
            known=", ".join(book),
        )
    if not facts.people.knows(event.staff):
        yield reject(N_("{staff} is nobody at this outlet."), N_("The people: branchops staff list"), staff=event.staff)
    yield from _own_record(event.staff, facts)


def _own_record(staff: str, facts: Facts) -> Iterator[Verdict]:
    record = facts.record
    assert record is not None
    if record.stream != f"learner-{staff}":
        yield reject(N_("That entry belongs to the record of {staff}."), N_("Use the command."), staff=staff)


@validator("training.know-the-business", on=ev.QuizTaken)
def quiz_is_honest(event: ev.QuizTaken, row: Learner | None, _facts: Facts, policy: Policy) -> Iterator[Verdict]:
    """Doc4 par. 2: a score lies within the quiz, is passed by the pass mark alone, and attempts are counted."""
    if not (event.out_of > 0 and 0 <= event.score <= event.out_of):
        yield reject(
            N_("{score} of {out_of} is no score."),
            N_("Write --score 17 --of 20."),
            score=event.score,
            out_of=event.out_of,
        )
        return
    if event.passed is not passes(event.score, event.out_of, policy):
        yield reject(
            N_("{score} of {out_of} does not agree with what is said of passing."),
            N_("The pass mark decides: branchops policy show training.quiz.pass"),
            score=event.score,
            out_of=event.out_of,
        )
    record = row.topics.get(event.topic, TopicRecord()) if row else TopicRecord()
    most = policy.get("training.quiz.attempts", 3)
    if record.attempts >= most:
        yield reject(
            N_("{staff} has used {attempts} attempts at “{topic}”."),
            N_("Attending a session on it opens them again."),
            staff=event.staff,
            attempts=record.attempts,
            topic=event.topic,
        )
    elif event.attempt != record.attempts + 1:
        yield reject(
            N_("That attempt has another number: {attempt}."), N_("Use the command."), attempt=record.attempts + 1
        )


@validator("training.operation-skills", on=ev.SignedOff)
def trainer_is_not_the_trainee(
    event: ev.SignedOff, _row: Learner | None, facts: Facts, policy: Policy
) -> Iterator[Verdict]:
    """Doc1 III.3: practice is signed off by another person, under whichever id, who may teach."""
    people = facts.people
    if not (people.knows(event.staff) and people.knows(event.trainer)):
        return
    if people.same_person(event.staff, event.trainer):
        yield reject(
            N_("{trainer} cannot sign off {staff}: it is the same person ({name})."),
            N_("Ask another trainer to watch and sign."),
            trainer=event.trainer,
            staff=event.staff,
            name=people.name(event.staff),
        )
    day = facts.calendar.day_of(facts.now)
    roles = policy.get("training.signoff.roles", ())
    if roles and not people.roles(event.trainer, day).intersection(roles):
        yield breach(
            N_("{trainer} signs as a trainer without one of the roles {roles}."),
            trainer=event.trainer,
            roles=", ".join(roles),
        )


@validator(
    "training.reflection-essay",
    on=ev.ReflectionWritten,
    asks={**SESSION, "others": Ask("training.reflection", lambda _event, _: {}, many=True)},
)
def reflection_is_ones_own(
    event: ev.ReflectionWritten, _row: Learner | None, facts: Facts, policy: Policy
) -> Iterator[Verdict]:
    """Doc4: a reflection is about something, long enough to say it, and not a copy; a near copy is kept as a breach."""
    if not facts.people.knows(event.staff):
        yield reject(N_("{staff} is nobody at this outlet."), N_("The people: branchops staff list"), staff=event.staff)
    yield from _own_record(event.staff, facts)
    session = facts["session"]
    if event.session and session is None:
        yield reject(N_("There is no session {id}."), N_("branchops training list"), id=event.session)
    elif session is not None and event.topics != session.topics:
        yield reject(N_("The reflection does not fit the topics of {id}."), N_("Use the command."), id=event.session)
    if not (event.session or event.complaint or event.theme):
        yield reject(N_("A reflection is about something."), N_("Name it: --session, --complaint or --theme."))
    least = policy.get("training.reflection.length", 200)
    if event.length < least:
        yield reject(
            N_("The reflection has {length} characters; it takes {least}."),
            N_("Any language will do; say what you saw and what you will do differently."),
            length=event.length,
            least=least,
        )
    yield from _alike(event, facts, policy)


def _alike(event: ev.ReflectionWritten, facts: Facts, policy: Policy) -> Iterator[Verdict]:
    others = facts["others"]
    if any(one.sha256 == event.sha256 and one.staff == event.staff for one in others):
        yield reject(N_("{staff} has handed in this very text before."), N_("Write a new one."), staff=event.staff)
        return
    close = max(others, key=lambda one: (likeness(one.sketch, event.sketch), one.id), default=None)
    percent = likeness(close.sketch, event.sketch) if close is not None else 0
    if close is not None and percent >= policy.get("training.reflection.alike", 80):
        yield breach(
            N_("The reflection is {percent} % like the one of {other} of {day}."),
            percent=percent,
            other=close.staff,
            day=facts.calendar.day_of(close.at),
        )


@validator(
    "training.reflection-essay",
    on=ev.ReflectionReviewed,
    asks={"essay": Ask("training.reflection", lambda event, _: f"{event.staff}/{event.sha256}")},
)
def reviewed_by_another(
    event: ev.ReflectionReviewed, _row: Learner | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Doc4: somebody else reads a reflection that was handed in, and has something to say."""
    if facts["essay"] is None:
        yield reject(
            N_("{staff} has handed in no such reflection."), N_("branchops training reflections"), staff=event.staff
        )
    elif not facts.people.knows(event.reviewer):
        yield reject(
            N_("{staff} is nobody at this outlet."), N_("The people: branchops staff list"), staff=event.reviewer
        )
    elif facts.people.same_person(event.reviewer, event.staff):
        yield reject(N_("Nobody reviews their own reflection."), N_("Ask a colleague."))
    if not event.comment.strip():
        yield reject(N_("A review says something."), N_("Write --comment “...”."))


@validator("training.service-is-lifeblood", "counter.internal-control-first", on=ev.Acknowledged)
def statement_as_it_reads_today(
    event: ev.Acknowledged, _row: Learner | None, facts: Facts, _policy: Policy
) -> Iterator[Verdict]:
    """Doc4 par. 1, Doc1 III.1: what is signed for is the statement in force; conviction itself is never recorded."""
    topic = topics(facts.table("training", "topic")).get(event.topic)
    if topic is None:
        return
    if "ack" not in topic.needs:
        yield reject(N_("“{topic}” has no statement to sign for."), N_("branchops training ack"), topic=event.topic)
    elif event.text_sha256 != topic.text_sha256:
        yield reject(N_("The statement on “{topic}” reads differently now."), N_("Read it again."), topic=event.topic)


@validator("training.rules-study", on=ev.Waived)
def waived_for_a_reason(event: ev.Waived, _row: Learner | None, facts: Facts, _policy: Policy) -> Iterator[Verdict]:
    """Doc1 III.3: the head lets others off, for a reason, not into the past, and never oneself."""
    if not event.reason.strip():
        yield reject(N_("A waiver has a reason."), N_("Say it with --reason."))
    if event.until is not None and event.until < facts.calendar.day_of(facts.now):
        yield reject(N_("A waiver does not end in the past ({until})."), N_("Name a day to come."), until=event.until)
    people = facts.people
    if people.knows(event.staff) and people.knows(event.head) and people.same_person(event.staff, event.head):
        yield reject(N_("Nobody waives their own training."), N_("Ask whoever stands in for the head."))
