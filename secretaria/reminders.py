"""What is said unasked, and who listens to the answers: wired for the worker, the API, and tests that bring a clock."""

from __future__ import annotations

from adapters.http.follow_ups import Aftercare
from adapters.postgres.first_lines import PostgresFirstLines
from adapters.postgres.pool import Pool
from adapters.postgres.work import PostgresWorkshop
from adapters.queue import reminders as actors
from adapters.telemetry.measures import FollowUpMeasures, UnaskedMeasures
from application.agenda.face import Agenda
from application.follow_ups.answer_follow_up import AnswerFollowUp
from application.follow_ups.read_follow_ups import ReadFollowUps
from application.follow_ups.send_follow_up import SendFollowUp
from application.no_show.answer_recovery import AnswerRecovery
from application.no_show.check_attendance import CheckAttendance
from application.no_show.reach_out import ReachOut
from application.quotas.meter import Meter
from application.reminders.answer_offer import AnswerOffer
from application.reminders.answer_reminder import AnswerReminder
from application.reminders.hear import Hear, Listener
from application.reminders.lapse_offer import LapseOffer
from application.reminders.offer_free import OfferFree
from application.reminders.open_questions import OpenQuestions
from application.reminders.open_talk import OpenTalk
from application.reminders.remind_now import RemindNow
from application.reminders.send_reminder import SendReminder
from application.reminders.tell import Tell
from application.reminders.tell_apart import TellApart
from application.reminders.tell_change import TellChange
from application.reminders.tell_settled import TellSettled
from application.shared.ports import Clock
from domain.reminders.notices import Asked
from secretaria.composition import Foundations
from secretaria.money import build_meter


def hear_over(open_work: PostgresWorkshop, agenda: Agenda) -> Hear:
    measures, clock = UnaskedMeasures(), agenda.clock
    reminder: Listener = AnswerReminder(open_work, agenda, measures)
    follow_up: Listener = AnswerFollowUp(open_work, FollowUpMeasures(), clock)
    listeners: dict[frozenset[Asked], Listener] = {
        frozenset({Asked.REMINDER, Asked.WHICH, Asked.INSTEAD, Asked.SURE}): reminder,
        frozenset({Asked.FOLLOW_UP}): follow_up,
        frozenset({Asked.RECOVERY}): AnswerRecovery(open_work, measures, clock),
        frozenset({Asked.OFFER}): AnswerOffer(open_work, agenda, measures),
    }
    tell_apart = TellApart(open_work, OpenQuestions(open_work, agenda.zones, clock))
    return Hear(open_work, tell_apart, listeners, measures, clock)


def unasked_over(open_work: PostgresWorkshop, agenda: Agenda, meter: Meter, pool: Pool) -> actors.Unasked:
    zones, clock = agenda.zones, agenda.clock
    tell, measures = tell_over(pool, clock), UnaskedMeasures()
    return actors.Unasked(
        remind=SendReminder(open_work, zones, meter, tell, measures, clock),
        check=CheckAttendance(open_work, agenda.attendance, clock),
        reach_out=ReachOut(open_work, zones, meter, tell, clock),
        follow_up=follow_up_over(open_work, agenda, meter, pool),
        offer=OfferFree(open_work, agenda.find_slots.look, agenda.tokens, meter, tell, measures),
        lapse=LapseOffer(open_work, measures, clock),
        tell_settled=TellSettled(open_work, agenda.find_slots.look, agenda.tokens, meter, tell),
        tell_change=TellChange(open_work, zones, meter, tell, clock),
    )


def tell_over(pool: Pool, clock: Clock) -> Tell:
    return Tell(OpenTalk(PostgresFirstLines(pool)), clock)


def follow_up_over(open_work: PostgresWorkshop, agenda: Agenda, meter: Meter, pool: Pool) -> SendFollowUp:
    clock = agenda.clock
    return SendFollowUp(open_work, agenda.zones, meter, tell_over(pool, clock), FollowUpMeasures(), clock)


def build_aftercare(base: Foundations, agenda: Agenda) -> Aftercare:
    clock = agenda.clock
    return Aftercare(
        remind=RemindNow(base.open_work, agenda.zones, clock),
        read=ReadFollowUps(base.open_work, agenda.zones, clock),
        send=follow_up_over(base.open_work, agenda, build_meter(base, base.pool), base.pool),
        zones=agenda.zones,
        clock=clock,
    )


def register_unasked(base: Foundations, agenda: Agenda) -> None:
    actors.register(base.broker, unasked_over(base.open_work, agenda, build_meter(base, base.pool), base.pool))
