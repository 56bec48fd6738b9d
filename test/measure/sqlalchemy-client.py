"""SQLAlchemy's dialect for BigQuery against a gateway: one line of JSON for each thing that it does."""

import sys

import sqlalchemy
from google.cloud import bigquery
from google.oauth2.credentials import Credentials

from run_checks import run_checks

url, token = sys.argv[1:3]
client = bigquery.Client(
    project="acme-prod",
    credentials=Credentials(token=token),
    client_options={"api_endpoint": url},
    default_query_job_config=bigquery.QueryJobConfig(default_dataset="acme-prod.lab"),
)
engine = sqlalchemy.create_engine(
    "bigquery://acme-prod/lab?user_supplied_client=True", connect_args={"client": client}
)
metadata = sqlalchemy.MetaData()
notes = sqlalchemy.Table(
    "notes",
    metadata,
    sqlalchemy.Column("id", sqlalchemy.Integer),
    sqlalchemy.Column("text", sqlalchemy.String),
)


def looks_around():
    seen = sqlalchemy.inspect(engine)
    assert "hr" not in seen.get_schema_names() and "lab" in seen.get_schema_names()
    assert "orders" in seen.get_table_names("crm")
    comments = {column["name"]: column["comment"] for column in seen.get_columns("users", schema="crm")}
    assert comments["ssn"] == "Masked for you (redact).", comments


def selects_from_a_reflected_table():
    orders = sqlalchemy.Table("orders", sqlalchemy.MetaData(), schema="crm", autoload_with=engine)
    with engine.connect() as connection:
        wanted = sqlalchemy.select(orders.c.id).where(orders.c.region == "EU").order_by(orders.c.id)
        assert [row.id for row in connection.execute(wanted)] == [101, 103]


def makes_a_table():
    metadata.drop_all(engine)
    metadata.create_all(engine)


def inserts():
    with engine.begin() as connection:
        assert connection.execute(notes.insert(), [{"id": 1, "text": "o'hara"}]).rowcount == 1
        assert connection.execute(notes.insert(), [{"id": 2, "text": "b"}, {"id": 3, "text": None}]).rowcount == 2
        rows = connection.execute(sqlalchemy.select(notes).order_by(notes.c.id)).fetchall()
        assert [tuple(row) for row in rows] == [(1, "o'hara"), (2, "b"), (3, None)], rows


def updates_and_deletes():
    with engine.begin() as connection:
        assert connection.execute(notes.update().where(notes.c.id > 1).values(text="c")).rowcount == 2
        assert connection.execute(notes.delete().where(notes.c.id == 2)).rowcount == 1


def is_refused_elsewhere():
    elsewhere = sqlalchemy.Table(
        "made", sqlalchemy.MetaData(), sqlalchemy.Column("id", sqlalchemy.Integer), schema="crm"
    )
    try:
        elsewhere.create(engine)
    except sqlalchemy.exc.DatabaseError as error:
        assert "Access Denied by policy" in str(error), error
        return
    raise AssertionError("it was not refused")


def drops_the_table():
    metadata.drop_all(engine)
    assert "notes" not in sqlalchemy.inspect(engine).get_table_names("lab")


client.create_dataset("lab", exists_ok=True)
run_checks(
    looks_around,
    selects_from_a_reflected_table,
    makes_a_table,
    inserts,
    updates_and_deletes,
    is_refused_elsewhere,
    drops_the_table,
)
