"""One siege: the demo at one stage, planted with canaries, walked through by everybody."""

from campaign.demo.stages import Stage
from campaign.extensions import db
from tests.attack.canaries import plant
from tests.attack.secrecy import Findings
from tests.attack.walk import Order, Walker, declare_recusal, outsiders, personas
from tests.conftest import Database, forget


def besiege(database: Database, stage: Stage, order: Order) -> Findings:
    """Attack the demo at this stage."""
    findings = Findings()
    settings = {name: database.app.config[name] for name in ("DEMO", "PROPAGATE_EXCEPTIONS")}
    database.app.config.update(DEMO=True, PROPAGATE_EXCEPTIONS=False)
    try:
        with database.app.app_context():
            database.reset()
            campaign = database.tell(stage)
            campaign_id = campaign.id
            more = [user.id for user in outsiders()]
            declare_recusal(campaign)
            aviary = plant(campaign_id=campaign_id)
            planted = database.folder / "planted"
            database.keep(planted)
            campaign = db.session.get_one(type(campaign), campaign_id)
            people = personas(campaign, stage.today, more)
            chosen = [
                person for person in people if not order.people or person.name in order.people
            ]
            forget(database.app)

            def restore() -> None:
                database.bring_back(planted)

            Walker(database.app, aviary, stage, findings, restore, campaign_id).walk(chosen, order)
            db.session.remove()
            db.engine.dispose()
    finally:
        database.app.config.update(settings)
    return findings
