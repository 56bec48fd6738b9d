"""Google's own client of the Storage Read API: reads what standard input lists, and prints one line of JSON for each."""

import json
import sys

import grpc
from google.api_core import exceptions
from google.cloud import bigquery_storage
from google.cloud.bigquery_storage_v1.services.big_query_read.transports import BigQueryReadGrpcTransport


def connect(endpoint, token):
    call = grpc.access_token_call_credentials(token)
    credentials = grpc.composite_channel_credentials(grpc.local_channel_credentials(), call)
    channel = grpc.secure_channel(endpoint, credentials)
    return bigquery_storage.BigQueryReadClient(transport=BigQueryReadGrpcTransport(channel=channel))


def read(endpoint, token, table, options, session_key, offset=0, data_format="ARROW"):
    client = connect(endpoint, token)
    session = client.create_read_session(
        parent="projects/acme-prod",
        read_session={
            "table": f"projects/{table[0]}/datasets/{table[1]}/tables/{table[2]}",
            "data_format": data_format,
            "read_options": options,
        },
        max_stream_count=4,
        metadata=[("sluice-session", session_key)],
    )
    pages = [
        page
        for stream in session.streams
        for page in client.read_rows(stream.name, offset=offset).rows(session).pages
    ]
    rows = [row for page in pages for row in (page.to_arrow().to_pylist() if data_format == "ARROW" else page)]
    return {"total": session.estimated_row_count, "batches": len(pages), "count": len(rows), "rows": rows[:10]}


for line in sys.stdin:
    try:
        said = read(**json.loads(line))
    except exceptions.GoogleAPICallError as error:
        said = {"code": error.grpc_status_code.name, "message": error.message}
    print(json.dumps(said, default=str), flush=True)
