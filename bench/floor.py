"""The floor: a bare Flask + SQLAlchemy + Jinja page of as many rows and bytes, and a commit."""

from flask import Flask, request, session
from sqlalchemy import create_engine, event, text

CELLS = 8
CELL_BYTES = 18
"""About what a cell of the table weighs, with its tags."""
PAGE = (
    "<!doctype html><title>Bảng</title><table>{% for row in rows %}<tr>{% for cell in row "
    "%}<td>{{ cell }}</td>"
    "{% endfor %}</tr>{% endfor %}</table><p>{{ rest }}</p>"
)


def create_floor(url: str) -> Flask:
    """An application without any of ours: session, a user row, one SELECT, one template."""
    app = Flask(__name__)
    app.secret_key = "bench"  # noqa: S105 - of a table of figures
    engine = create_engine(url)
    table = app.jinja_env.from_string(PAGE)

    @event.listens_for(engine, "connect")
    def _pragmas(connection, _record) -> None:  # type: ignore[no-untyped-def]
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()

    @app.get("/")
    def page() -> str:
        user = session.get("user", 1)
        rows, size = request.args.get("rows", 0, type=int), request.args.get("bytes", 0, type=int)
        with engine.connect() as connection:
            connection.execute(
                text("SELECT id, name FROM person WHERE id = :user"), {"user": user}
            ).one()
            rows_read = connection.execute(
                text(f"SELECT {', '.join(f'c{n}' for n in range(CELLS))} FROM line LIMIT :rows"),  # noqa: S608 - names of ours
                {"rows": rows},
            ).all()
        return table.render(rows=rows_read, rest="x" * max(size - rows * CELLS * CELL_BYTES, 0))

    @app.post("/commit")
    def commit() -> str:
        with engine.begin() as connection:
            connection.execute(
                text("UPDATE person SET name = :name WHERE id = 1"),
                {"name": request.form.get("value")},
            )
        return "ok"

    return app


def cookie(url: str) -> str:
    """A visitor's signed session, as a signed-in browser sends one."""
    app = create_floor(url)
    signed = app.session_interface.get_signing_serializer(app).dumps({"user": 1})  # type: ignore[attr-defined]
    return f"{app.config['SESSION_COOKIE_NAME']}={signed}"


def prepare(url: str, rows: int) -> None:
    """The floor's two tables."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT)"))
        connection.execute(text("INSERT INTO person VALUES (1, 'A')"))
        columns = ", ".join(f"c{n} TEXT" for n in range(CELLS))
        connection.execute(text(f"CREATE TABLE line (id INTEGER PRIMARY KEY, {columns})"))
        names, values = (
            ", ".join(f"c{n}" for n in range(CELLS)),
            ", ".join(f":c{n}" for n in range(CELLS)),
        )
        connection.execute(
            text(f"INSERT INTO line ({names}) VALUES ({values})"),  # noqa: S608 - names of ours
            [{f"c{n}": f"{row}.{n}, 123,45" for n in range(CELLS)} for row in range(rows)],
        )
    engine.dispose()
