"""Two who act at once: the request of the second comes before the first has committed."""

from threading import Thread

from sqlalchemy import text

from campaign.extensions import db
from tests.served import until

_WAITS = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


class Second:
    """Người thứ hai: signed in before the first begins to write."""

    def __init__(self, client):
        self.client, self.token = client, client.csrf_token()

    def post(self, address, **typed):
        """Send the form; on PostgreSQL the first commits as soon as it waits, or is answered."""
        answers = []

        def press():
            with self.client.application.app_context():
                answers.append(
                    super(type(self.client), self.client).open(
                        address, method="POST", data=typed, headers={"X-CSRFToken": self.token}
                    )
                )
                db.session.remove()

        pressing = Thread(target=press)
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect() as watcher:
                pressing.start()
                until(lambda: answers or watcher.scalar(_WAITS), 20, "no answer, and nobody waits")
        else:  # one writer
            pressing.start()
        db.session.commit()
        pressing.join()
        db.session.expire_all()
        return answers[0]

    def told(self):
        """What they are told on the next page."""
        with self.client.session_transaction() as session:
            return [words for _, words in session.get("_flashes", ())]
