"""The one table of blueprints and where each stands, in the order in which a person meets them."""

from flask import Blueprint, Flask

from campaign.accounts.second.views import second
from campaign.accounts.sign_on.managing_views import managing
from campaign.accounts.sign_on.own_views import own_sign_on
from campaign.accounts.sign_on.views import sign_on
from campaign.accounts.views import accounts
from campaign.api.keys.views import keys as api_keys
from campaign.api.views import api
from campaign.archive.views import archive
from campaign.clarification.views import clarification
from campaign.conduct.copying_views import copying
from campaign.conduct.correcting_views import correcting
from campaign.conduct.path_views import plan_path
from campaign.conduct.views import conduct
from campaign.council.named_views import markers
from campaign.council.views import council
from campaign.counts.views import counts
from campaign.decision.notice.views import notice
from campaign.decision.signed_copy.views import signed_copy
from campaign.decision.signing.views import signing
from campaign.decision.upward.views import upward
from campaign.decision.views import decision
from campaign.demo.views import demo
from campaign.enrolment.views import enrolment
from campaign.exemplars.stories.views import stories
from campaign.exemplars.views import exemplars
from campaign.home.calendar_views import calendar_feed
from campaign.home.help_views import helping
from campaign.home.views import home
from campaign.honours.views import honours
from campaign.imports.registers_views import registers
from campaign.imports.shelf_views import ready_tables
from campaign.imports.views import IMPORT_PAGES
from campaign.inspection.views import inspection
from campaign.meeting.views import pages as meeting
from campaign.nomination.kinds.views import kinds
from campaign.nomination.views import nomination
from campaign.notices.outbox_views import outbox
from campaign.notices.views import notices
from campaign.office.templates.views import paper_templates
from campaign.office.views import office
from campaign.operation.views import health, operation
from campaign.planning.allocations.views import allocations
from campaign.planning.criteria.views import criteria
from campaign.planning.indicators.views import indicators
from campaign.planning.lists.views import lists
from campaign.planning.views import planning
from campaign.proof.views import proof
from campaign.publicity.attached.views import attachments
from campaign.publicity.decided.views import decided
from campaign.publicity.directives.views import directives
from campaign.publicity.feed.views import feed
from campaign.publicity.searching.views import searching
from campaign.publicity.themes.views import themes
from campaign.publicity.views import publicity
from campaign.ranking.agreement.views import agreement
from campaign.ranking.explanations.views import explanations
from campaign.ranking.views import ranking
from campaign.readings.views import readings
from campaign.record.own.answering import data_requests
from campaign.record.own.views import own_data
from campaign.record.views import audit
from campaign.register.catalogue.views import catalogue
from campaign.register.certificates.views import certificates
from campaign.register.views import register
from campaign.register.years.views import unit_years
from campaign.reminders.views import reminders
from campaign.reporting.deadlines.views import deadlines
from campaign.reporting.evidence.views import evidence
from campaign.reporting.history.views import report_history
from campaign.reporting.offline.views import report_forms
from campaign.reporting.views import reporting
from campaign.reporting.wishes.views import wishes
from campaign.retention.views import retention
from campaign.scheme.views import scheme
from campaign.scoring.divergent.views import divergence
from campaign.scoring.matrix.views import matrix
from campaign.scoring.offline.views import score_forms
from campaign.scoring.views import scoring
from campaign.setup.views import setup
from campaign.units.kind_views import unit_kinds
from campaign.units.successions.views import successions
from campaign.units.views import units
from campaign.verification.claims.views import claims_pages
from campaign.verification.occurrences.views import occurrences
from campaign.verification.views import verification
from campaign.voting.ballots.views import ballots
from campaign.voting.room.views import room
from campaign.voting.views import voting

_OF_A_CAMPAIGN = "/campaigns/<int:campaign_id>"

BLUEPRINTS: tuple[tuple[Blueprint, str | None], ...] = (
    (publicity, None),
    (health, None),
    (api, "/api/v1"),
    (api_keys, "/operation/api-keys"),
    (attachments, None),
    (decided, None),
    (feed, None),
    (searching, None),
    (themes, None),
    (accounts, "/account"),
    (second, "/account/second-factor"),
    (sign_on, "/account/sign-on"),
    (own_sign_on, "/account/own-sign-on"),
    (managing, "/account/users/sign-on"),
    (own_data, "/account/own-data"),
    (data_requests, "/account/data-requests"),
    (home, "/home"),
    (helping, "/help"),
    (notices, "/notices"),
    (outbox, "/outbox"),
    (calendar_feed, "/calendar"),
    (setup, "/setup"),
    (planning, "/campaigns"),
    (lists, "/campaigns"),
    (plan_path, "/campaigns"),
    (copying, "/campaigns"),
    (correcting, "/campaigns"),
    (scheme, "/campaigns"),
    (honours, "/campaigns"),
    (indicators, f"{_OF_A_CAMPAIGN}/indicators"),
    (allocations, f"{_OF_A_CAMPAIGN}/indicators"),
    (criteria, f"{_OF_A_CAMPAIGN}/criteria"),
    (conduct, f"{_OF_A_CAMPAIGN}/conduct"),
    (enrolment, f"{_OF_A_CAMPAIGN}/enrolment"),
    (council, f"{_OF_A_CAMPAIGN}/council"),
    (markers, f"{_OF_A_CAMPAIGN}/council/markers"),
    (reporting, f"{_OF_A_CAMPAIGN}/reports"),
    (evidence, f"{_OF_A_CAMPAIGN}/reports"),
    (report_history, f"{_OF_A_CAMPAIGN}/reports"),
    (deadlines, f"{_OF_A_CAMPAIGN}/reports"),
    (report_forms, f"{_OF_A_CAMPAIGN}/reports"),
    (wishes, f"{_OF_A_CAMPAIGN}/reports"),
    (reminders, f"{_OF_A_CAMPAIGN}/reports"),
    (counts, f"{_OF_A_CAMPAIGN}/reports"),
    (verification, f"{_OF_A_CAMPAIGN}/verification"),
    (occurrences, f"{_OF_A_CAMPAIGN}/verification"),
    (claims_pages, f"{_OF_A_CAMPAIGN}/verification"),
    (clarification, f"{_OF_A_CAMPAIGN}/clarification"),
    (inspection, f"{_OF_A_CAMPAIGN}/verification/inspections"),
    (exemplars, f"{_OF_A_CAMPAIGN}/exemplars"),
    (stories, None),
    (scoring, f"{_OF_A_CAMPAIGN}/scoring"),
    (matrix, f"{_OF_A_CAMPAIGN}/scoring"),
    (score_forms, f"{_OF_A_CAMPAIGN}/scoring"),
    (divergence, f"{_OF_A_CAMPAIGN}/divergence"),
    (ranking, f"{_OF_A_CAMPAIGN}/ranking"),
    (explanations, f"{_OF_A_CAMPAIGN}/ranking"),
    (agreement, f"{_OF_A_CAMPAIGN}/ranking"),
    (meeting, f"{_OF_A_CAMPAIGN}/meetings"),
    (room, f"{_OF_A_CAMPAIGN}/meetings"),
    (ballots, f"{_OF_A_CAMPAIGN}/meetings"),
    (voting, f"{_OF_A_CAMPAIGN}/meetings"),
    (nomination, f"{_OF_A_CAMPAIGN}/awards"),
    (kinds, f"{_OF_A_CAMPAIGN}/awards"),
    (decision, _OF_A_CAMPAIGN),
    (notice, f"{_OF_A_CAMPAIGN}/decisions"),
    (signing, f"{_OF_A_CAMPAIGN}/decisions"),
    (signed_copy, f"{_OF_A_CAMPAIGN}/decisions"),
    (upward, f"{_OF_A_CAMPAIGN}/awards"),
    (archive, f"{_OF_A_CAMPAIGN}/archive"),
    (directives, f"{_OF_A_CAMPAIGN}/directives"),
    (office, f"{_OF_A_CAMPAIGN}/papers"),
    (register, "/awards"),
    (catalogue, "/awards"),
    (certificates, None),
    (paper_templates, "/paper-templates"),
    (unit_kinds, "/units/kinds"),
    (successions, "/units"),
    (unit_years, "/units"),
    (units, "/units"),
    (audit, "/audit"),
    (proof, "/audit/proof"),
    (readings, "/audit/readings"),
    (operation, "/operation"),
    (retention, "/operation/retention"),
    (demo, "/rehearsal"),
    (ready_tables, f"{_OF_A_CAMPAIGN}/ready-tables"),
    (registers, f"{_OF_A_CAMPAIGN}/reports"),
    *(
        (
            pages,
            f"{_OF_A_CAMPAIGN}/{importer.under or f'import/{importer.slug}'}"
            if importer.of_campaign
            else f"/import/{importer.slug}",
        )
        for pages, importer in IMPORT_PAGES
    ),
)


def init_app(app: Flask) -> None:
    """Gắn các trang vào `app`."""
    for blueprint, prefix in BLUEPRINTS:
        app.register_blueprint(blueprint, url_prefix=prefix)
