"""Google's own client for Python against a gateway: one line of JSON for each thing that it does."""

import datetime
import decimal
import io
import json
import sys
import tempfile
import time

import google.auth
from google.api_core import exceptions
from google.cloud import bigquery
from google.oauth2.credentials import Credentials

from run_checks import run_checks

url, alice_token, bob_token, dana_token = sys.argv[1:5]
SECRET = ("canary.example", "900-11", "900-22", "900-33", "+1555")


def connect(token):
    return bigquery.Client(
        project="acme-prod", credentials=Credentials(token=token), client_options={"api_endpoint": url}
    )



def credentials_that_refresh():
    with tempfile.TemporaryDirectory() as folder:
        subject, config = f"{folder}/token.jwt", f"{folder}/credentials.json"
        with open(subject, "w") as file:
            file.write(alice_token)
        with open(config, "w") as file:
            json.dump(
                {
                    "type": "external_account",
                    "audience": "//sluice/bigquery",
                    "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
                    "token_url": f"{url}/v1/token",
                    "credential_source": {"file": subject},
                },
                file,
            )
        scopes = ["https://www.googleapis.com/auth/bigquery"]
        credentials, _ = google.auth.load_credentials_from_file(config, scopes=scopes)
        client = bigquery.Client(
            project="acme-prod", credentials=credentials, client_options={"api_endpoint": url}
        )
        assert [row.one for row in client.query_and_wait("SELECT 1 AS one")] == [1]


alice, bob, dana = connect(alice_token), connect(bob_token), connect(dana_token)


def shows_no_secret(rows):
    text = repr([tuple(row.values()) for row in rows])
    assert not any(secret in text for secret in SECRET), text
    return True


def refused(kind, reason, call):
    began = time.monotonic()
    try:
        call()
    except kind as error:
        assert error.errors[0]["reason"] == reason, error.errors
        assert time.monotonic() - began < 20, "it was sent again"
        return error.message
    raise AssertionError("it was not refused")


def query_by_insert():
    rows = list(alice.query("SELECT * FROM crm.users ORDER BY id").result())
    assert len(rows) == 3 and rows[0]["ssn"] == "REDACTED" and shows_no_secret(rows)


def query_by_query():
    rows = list(alice.query_and_wait("SELECT * FROM crm.v_users ORDER BY id"))
    assert len(rows) == 3 and shows_no_secret(rows)
    assert [row["region"] for row in alice.query_and_wait("SELECT region FROM crm.orders")] == ["EU", "EU"]


def pages():
    text = "SELECT n FROM UNNEST(GENERATE_ARRAY(1, 95)) AS n ORDER BY n"
    for run in (lambda: alice.query(text).result(page_size=10), lambda: alice.query_and_wait(text, page_size=10)):
        iterator = run()
        assert iterator.total_rows == 95
        assert [row.n for row in iterator] == list(range(1, 96))


def types():
    row = list(
        alice.query_and_wait(
            "SELECT TIMESTAMP '2024-01-01 00:00:00.000120+00' t, DATE '2024-02-29' d, NUMERIC '10.5' n, b'abc' b,"
            " [1, 2] a, STRUCT(1 AS x, ['p'] AS y) s, CAST(NULL AS STRING) z, TRUE yes, 1.5 f"
        )
    )[0]
    assert row.t == datetime.datetime(2024, 1, 1, 0, 0, 0, 120, tzinfo=datetime.timezone.utc), row.t
    assert (row.d, row.n, row.b) == (datetime.date(2024, 2, 29), decimal.Decimal("10.5"), b"abc")
    assert (row.a, row.s, row.z, row.yes, row.f) == ([1, 2], {"x": 1, "y": ["p"]}, None, True, 1.5)


def parameters():
    config = bigquery.QueryJobConfig(
        query_parameters=[
            bigquery.ScalarQueryParameter("n", "INT64", 41),
            bigquery.ArrayQueryParameter("l", "STRING", ["a", "b"]),
            bigquery.StructQueryParameter("s", bigquery.ScalarQueryParameter("x", "DATE", datetime.date(2024, 1, 2))),
        ]
    )
    row = list(alice.query_and_wait("SELECT @n + 1 n, @l l, @s.x x", job_config=config))[0]
    assert (row.n, row.l, row.x) == (42, ["a", "b"], datetime.date(2024, 1, 2))


def denials():
    for run in (alice.query, alice.query_and_wait):
        said = refused(exceptions.Forbidden, "accessDenied", lambda run=run: run("SELECT * FROM hr.salaries"))
        assert "Datasets you may read" in said, said


def mistakes():
    refused(exceptions.BadRequest, "invalidQuery", lambda: alice.query_and_wait("SELEC 1"))
    legacy = bigquery.QueryJobConfig(use_legacy_sql=True)
    refused(exceptions.BadRequest, "invalidQuery", lambda: alice.query("SELECT 1", job_config=legacy))


def failing_job():
    job = alice.query("SELECT 1 / (SELECT COUNT(*) FROM crm.users WHERE FALSE)")
    try:
        job.result()
        raise AssertionError("it did not fail")
    except exceptions.BadRequest:
        pass
    assert alice.get_job(job.job_id).error_result["reason"] == "invalidQuery"


def catalog():
    assert [d.dataset_id for d in alice.list_datasets()] == ["crm", "public_data"]
    assert "orders" in [t.table_id for t in alice.list_tables("crm")]
    table = alice.get_table("crm.orders")
    assert table.num_rows is None and "region" in [f.name for f in table.schema]
    assert len(list(alice.list_rows(table, page_size=1))) == 2
    assert shows_no_secret(alice.list_rows(alice.get_table("crm.users")))
    refused(exceptions.NotFound, "notFound", lambda: alice.get_dataset("hr"))
    refused(exceptions.Forbidden, "accessDenied", lambda: alice.get_table("hr.salaries"))


def dry_run():
    job = alice.query("SELECT id FROM crm.users", job_config=bigquery.QueryJobConfig(dry_run=True))
    assert job.total_bytes_processed == 0 and job.statement_type == "SELECT"
    assert [t.table_id for t in job.referenced_tables] == ["users"]


def jobs():
    job = bob.query("SELECT email FROM crm.users", job_id="bobs-own")
    assert len(list(job.result())) == 3
    for look in (lambda: alice.get_job("bobs-own"), lambda: alice.cancel_job("bobs-own")):
        refused(exceptions.NotFound, "notFound", look)
    assert "bobs-own" in [j.job_id for j in bob.list_jobs()]
    assert "bobs-own" not in [j.job_id for j in alice.list_jobs()]
    # The client itself takes a job id that is taken for its own earlier try, and attaches to it.
    assert bob.get_job("bobs-own").query == "SELECT email FROM crm.users"


def cancel():
    job = alice.query(
        "SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 1000000)) a, UNNEST(GENERATE_ARRAY(1, 100000)) b"
        " WHERE MOD(a * b, 7919) = 3"
    )
    job.cancel()
    for _ in range(60):
        if job.done():
            break
        time.sleep(0.5)
    assert job.error_result["reason"] == "stopped", job.error_result


def writes_nothing():
    table = bigquery.Table("acme-prod.crm.x", [bigquery.SchemaField("id", "INTEGER")])
    refused(exceptions.Forbidden, "accessDenied", lambda: alice.insert_rows_json("crm.orders", [{"id": 1}]))
    refused(exceptions.Forbidden, "accessDenied", lambda: alice.create_table(table))
    refused(exceptions.Forbidden, "accessDenied", lambda: alice.delete_table("crm.orders"))
    load = lambda: alice.load_table_from_file(io.BytesIO(b"1\n"), "crm.orders")
    refused(exceptions.Forbidden, "accessDenied", load)
    large = lambda: alice.load_table_from_file(io.BytesIO(b"1\n" * 5_000_000), "crm.orders")
    refused(exceptions.Forbidden, "accessDenied", large)
    target = bigquery.QueryJobConfig(destination="acme-prod.crm.x")
    refused(exceptions.Forbidden, "accessDenied", lambda: alice.query("SELECT 1 AS x", job_config=target))
    refused(exceptions.Forbidden, "accessDenied", lambda: alice.copy_table("crm.orders", "crm.copied"))
    refused(exceptions.Forbidden, "accessDenied", lambda: alice.extract_table("crm.orders", "gs://acme-lab/x.csv"))


SCHEMA = [bigquery.SchemaField("id", "INTEGER"), bigquery.SchemaField("name", "STRING")]


def count(table):
    return list(dana.query_and_wait(f"SELECT COUNT(*) n FROM {table}"))[0].n


def loads():
    dana.create_dataset("lab", exists_ok=True)
    replace = {"schema": SCHEMA, "write_disposition": "WRITE_TRUNCATE"}
    config = bigquery.LoadJobConfig(**replace)
    job = dana.load_table_from_json([{"id": 1, "name": "a"}, {"id": 2, "name": "b"}], "lab.loaded", job_config=config)
    job.result()
    assert (job.output_rows, count("lab.loaded")) == (2, 2)
    config = bigquery.LoadJobConfig(source_format="CSV", **replace)
    rows = b"".join(b"%d,name-of-this-row\n" % n for n in range(400_000))
    assert len(rows) > 5 * 1024**2
    dana.load_table_from_file(io.BytesIO(rows), "lab.large", job_config=config).result()
    assert count("lab.large") == 400_000
    bad = dana.load_table_from_file(io.BytesIO(b"x,y\n"), "lab.loaded", job_config=bigquery.LoadJobConfig(schema=SCHEMA))
    refused(exceptions.BadRequest, "invalid", bad.result)


def loads_in_parts():
    from google.cloud.bigquery import client

    usual, client._DEFAULT_CHUNKSIZE = client._DEFAULT_CHUNKSIZE, 1024 * 1024
    try:
        config = bigquery.LoadJobConfig(source_format="CSV", schema=SCHEMA, write_disposition="WRITE_TRUNCATE")
        rows = b"".join(b"%d,name-of-this-row\n" % n for n in range(400_000))
        job = dana.load_table_from_file(io.BytesIO(rows), "lab.large", job_config=config)
        job.result()
        assert job.output_rows == 400_000, job.output_rows
    finally:
        client._DEFAULT_CHUNKSIZE = usual


def streams_rows():
    dana.create_table(bigquery.Table("acme-prod.lab.streamed", SCHEMA), exists_ok=True)
    exact = 2**60 + 1
    assert dana.insert_rows_json("lab.streamed", [{"id": exact, "name": "a"}]) == []
    problems = dana.insert_rows_json("lab.streamed", [{"id": "x"}, {"nope": 1}])
    assert [problem["index"] for problem in problems] == [0, 1], problems
    assert [row.id for row in dana.query_and_wait("SELECT id FROM lab.streamed")] == [exact]


def destinations():
    def stored(text, **config):
        return dana.query(text, job_config=bigquery.QueryJobConfig(destination="acme-prod.lab.stored", **config))

    job = stored("SELECT id, name FROM crm.users", write_disposition="WRITE_TRUNCATE", clustering_fields=["id"])
    assert len(list(job.result())) == 3 and job.destination.table_id == "stored"
    stored("SELECT 9 AS id, 'z' AS name", write_disposition="WRITE_APPEND").result()
    assert count("lab.stored") == 4
    again = stored("SELECT 1 AS id")
    refused(exceptions.Conflict, "duplicate", again.result)
    refused(exceptions.Forbidden, "accessDenied", lambda: stored("SELECT email FROM crm.users"))


def copies_and_extracts():
    replace = bigquery.CopyJobConfig(write_disposition="WRITE_TRUNCATE")
    dana.copy_table("lab.loaded", "lab.copied", job_config=replace).result()
    assert count("lab.copied") == count("lab.loaded")
    refused(exceptions.Forbidden, "accessDenied", lambda: dana.copy_table("crm.users", "lab.people"))
    job = dana.extract_table("lab.loaded", "gs://acme-lab/python.csv")
    job.result()
    assert job.destination_uri_file_counts == [1]
    config = bigquery.LoadJobConfig(autodetect=True, write_disposition="WRITE_TRUNCATE")
    dana.load_table_from_uri("gs://acme-lab/python.csv", "lab.back", job_config=config).result()
    assert count("lab.back") == count("lab.loaded")
    said = refused(
        exceptions.Forbidden, "accessDenied", lambda: dana.extract_table("lab.loaded", "gs://elsewhere/x.csv")
    )
    assert "gs://acme-lab/" in said, said


run_checks(
    query_by_insert,
    query_by_query,
    pages,
    types,
    parameters,
    denials,
    mistakes,
    failing_job,
    catalog,
    dry_run,
    jobs,
    cancel,
    writes_nothing,
    loads,
    loads_in_parts,
    streams_rows,
    destinations,
    copies_and_extracts,
    credentials_that_refresh,
)
