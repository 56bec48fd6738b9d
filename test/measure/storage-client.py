"""Google's clients for Python read by the Storage Read API through a gateway: one line of JSON for each thing."""

import sys
import time

import grpc
from google.api_core import exceptions
from google.cloud import bigquery, bigquery_storage
from google.cloud.bigquery_storage_v1.services.big_query_read.transports import BigQueryReadGrpcTransport
from google.oauth2.credentials import Credentials

from run_checks import run_checks

url, endpoint, alice_token, bob_token = sys.argv[1:5]
SECRET = ("canary.example", "900-11", "900-22", "900-33", "+1555")
EVERY_TYPE = (
    "SELECT 1 AS i, 1.5 AS f, TRUE AS yes, 'é' AS s, b'abc' AS b, DATE '2024-02-29' AS d, TIME '10:00:00.000001' AS t,"
    " DATETIME '2024-01-01 10:00:00' AS dt, TIMESTAMP '2024-01-01 00:00:00.000120+00' AS ts, NUMERIC '-10.5' AS n,"
    " BIGNUMERIC '0.00000000000000000000000000000000000001' AS bn, [1, 2] AS a, STRUCT(1 AS x, ['p'] AS y) AS st,"
    " JSON '{\"k\":1}' AS j, CAST(NULL AS STRING) AS z FROM UNNEST([1, 2, 3])"
)
MANY = "SELECT n, CONCAT('row ', CAST(n AS STRING)) AS t FROM UNNEST(GENERATE_ARRAY(1, 100000)) AS n"


def connect(token):
    rest = bigquery.Client(
        project="acme-prod", credentials=Credentials(token=token), client_options={"api_endpoint": url}
    )
    local = grpc.composite_channel_credentials(
        grpc.local_channel_credentials(), grpc.access_token_call_credentials(token)
    )
    channel = grpc.secure_channel(endpoint, local)
    return rest, bigquery_storage.BigQueryReadClient(transport=BigQueryReadGrpcTransport(channel=channel))


(alice, alice_storage), (bob, bob_storage) = connect(alice_token), connect(bob_token)


def session(storage, table, **options):
    project, dataset, name = table.split(".")
    path = f"projects/{project}/datasets/{dataset}/tables/{name}"
    wanted = {"table": path, "data_format": "ARROW", "read_options": options}
    return storage.create_read_session(parent="projects/acme-prod", read_session=wanted)


def refused(kind, call):
    began = time.monotonic()
    try:
        call()
    except kind as error:
        assert time.monotonic() - began < 20, "it was sent again"
        return error.message
    raise AssertionError("it was not refused")


def dataframe():
    frame = alice.query(MANY).to_dataframe(bqstorage_client=alice_storage)
    assert frame.shape == (100000, 2) and frame.n.sum() == 5000050000
    assert sorted(frame.t)[:2] == ["row 1", "row 10"]


def the_same_as_over_rest():
    by_storage = alice.query(EVERY_TYPE).to_arrow(bqstorage_client=alice_storage)
    by_rest = alice.query(EVERY_TYPE).to_arrow(create_bqstorage_client=False)
    assert by_storage.schema.equals(by_rest.schema), (by_storage.schema, by_rest.schema)
    assert by_storage.equals(by_rest)


def in_pieces():
    pieces = alice.query(MANY).result(page_size=10).to_dataframe_iterable(bqstorage_client=alice_storage)
    assert sum(len(piece) for piece in pieces) == 100000


def a_table():
    rows = alice.list_rows("crm.users").to_arrow(bqstorage_client=alice_storage).to_pylist()
    assert len(rows) == 3 and rows[0]["ssn"] == "REDACTED"
    assert not any(secret in repr(rows) for secret in SECRET), rows


def some_of_a_table():
    made = session(bob_storage, "acme-prod.crm.users", selected_fields=["email"], row_restriction="id = 1")
    rows = list(bob_storage.read_rows(made.streams[0].name).rows())
    assert [row["email"].as_py() for row in rows] == ["alice.archer@canary.example"], rows


def nothing():
    frame = alice.query("SELECT id, ts FROM crm.orders WHERE FALSE").to_dataframe(bqstorage_client=alice_storage)
    assert frame.empty and list(frame.columns) == ["id", "ts"]


def a_session_read_twice():
    made = session(alice_storage, "acme-prod.crm.orders", selected_fields=["id"])
    counts = [len(list(alice_storage.read_rows(made.streams[0].name, offset=at).rows())) for at in (0, 0, 1, 2)]
    assert counts == [2, 2, 1, 0], counts


def denial():
    said = refused(exceptions.PermissionDenied, lambda: session(alice_storage, "acme-prod.hr.salaries"))
    assert "Datasets you may read" in said, said


def of_somebody_else():
    job = bob.query("SELECT email FROM crm.users")
    job.result()
    table = f"acme-prod.{job.destination.dataset_id}.{job.destination.table_id}"
    refused(exceptions.NotFound, lambda: session(alice_storage, table))
    stream = session(bob_storage, table).streams[0].name
    refused(exceptions.NotFound, lambda: list(alice_storage.read_rows(stream).rows()))


run_checks(
    dataframe,
    the_same_as_over_rest,
    in_pieces,
    a_table,
    some_of_a_table,
    nothing,
    a_session_read_twice,
    denial,
    of_somebody_else,
)
