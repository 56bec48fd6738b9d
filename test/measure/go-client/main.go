// Google's own client for Go against a gateway: one line of JSON for each thing that it does.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"os"
	"strings"
	"time"

	"cloud.google.com/go/bigquery"
	"cloud.google.com/go/civil"
	"golang.org/x/oauth2"
	"google.golang.org/api/googleapi"
	"google.golang.org/api/iterator"
	"google.golang.org/api/option"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

const (
	project     = "acme-prod"
	checkWithin = 2 * time.Minute
	many        = 100_000
)

var (
	url, storageEndpoint    = os.Args[1], os.Args[2]
	aliceToken, bobToken    = os.Args[3], os.Args[4]
	danaToken               = os.Args[5]
	alice, bob, dana, reads *bigquery.Client
	secrets                 = []string{"canary.example", "900-11", "900-22", "900-33", "+1555"}
)

func connect(token string) *bigquery.Client {
	source := oauth2.StaticTokenSource(&oauth2.Token{AccessToken: token})
	endpoint := option.WithEndpoint(url + "/bigquery/v2/")
	client, err := bigquery.NewClient(context.Background(), project, endpoint, option.WithTokenSource(source))
	if err != nil {
		panic(err)
	}
	return client
}

// bearer is a credential that may be sent without TLS, on loopback.
type bearer string

func (token bearer) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	return map[string]string{"authorization": "Bearer " + string(token)}, nil
}

func (bearer) RequireTransportSecurity() bool { return false }

func connectStorage(token string) *bigquery.Client {
	client := connect(token)
	err := client.EnableStorageReadClient(context.Background(),
		option.WithEndpoint(storageEndpoint),
		option.WithoutAuthentication(),
		option.WithGRPCDialOption(grpc.WithTransportCredentials(insecure.NewCredentials())),
		option.WithGRPCDialOption(grpc.WithPerRPCCredentials(bearer(token))),
	)
	if err != nil {
		panic(err)
	}
	return client
}

func all(it *bigquery.RowIterator, err error) ([][]bigquery.Value, error) {
	if err != nil {
		return nil, err
	}
	var rows [][]bigquery.Value
	for {
		var row []bigquery.Value
		switch err := it.Next(&row); {
		case errors.Is(err, iterator.Done):
			return rows, nil
		case err != nil:
			return nil, err
		}
		rows = append(rows, row)
	}
}

func query(ctx context.Context, client *bigquery.Client, text string) ([][]bigquery.Value, error) {
	return all(client.Query(text).Read(ctx))
}

func expect(holds bool, said ...any) error {
	if holds {
		return nil
	}
	return errors.New(fmt.Sprint(said...))
}

func showsNoSecret(rows [][]bigquery.Value) error {
	text := fmt.Sprint(rows)
	for _, secret := range secrets {
		if strings.Contains(text, secret) {
			return errors.New("it shows a secret: " + text)
		}
	}
	return nil
}

// refused says whether an error is BigQuery's, with this status, reason and part of its words.
func refused(err error, status int, reason, words string) error {
	var api *googleapi.Error
	if !errors.As(err, &api) {
		return fmt.Errorf("it was not refused: %v", err)
	}
	isIt := api.Code == status && len(api.Errors) > 0 && api.Errors[0].Reason == reason
	return expect(isIt && strings.Contains(api.Message, words), api.Code, " ", api.Errors)
}

func masked(ctx context.Context) error {
	rows, err := query(ctx, alice, "SELECT id, name, email, ssn FROM crm.users ORDER BY id")
	if err != nil {
		return err
	}
	if err := showsNoSecret(rows); err != nil {
		return err
	}
	return expect(len(rows) == 3 && rows[0][3] == "REDACTED", rows)
}

func filtered(ctx context.Context) error {
	rows, err := query(ctx, alice, "SELECT region FROM crm.orders")
	if err != nil {
		return err
	}
	return expect(fmt.Sprint(rows) == "[[EU] [EU]]", rows)
}

func types(ctx context.Context) error {
	rows, err := query(ctx, alice, `SELECT TIMESTAMP '2024-01-01 00:00:00.000120+00', DATE '2024-02-29', NUMERIC '10.5', b'abc',
		[1, 2], STRUCT(1 AS x, ['p'] AS y), CAST(NULL AS STRING), TRUE, 1.5`)
	if err != nil {
		return err
	}
	row := rows[0]
	isTime := row[0].(time.Time).Equal(time.Date(2024, 1, 1, 0, 0, 0, 120_000, time.UTC))
	isNumber := row[2].(*big.Rat).Cmp(big.NewRat(21, 2)) == 0
	isDate := row[1] == civil.Date{Year: 2024, Month: time.February, Day: 29}
	rest := fmt.Sprint(row[3:])
	return expect(isTime && isNumber && isDate && rest == "[[97 98 99] [1 2] [1 [p]] <nil> true 1.5]", row)
}

func parameters(ctx context.Context) error {
	q := alice.Query("SELECT @n + 1, @l, @s.x")
	q.Parameters = []bigquery.QueryParameter{
		{Name: "n", Value: 41},
		{Name: "l", Value: []string{"a", "b"}},
		{Name: "s", Value: struct{ X civil.Date }{civil.Date{Year: 2024, Month: time.January, Day: 2}}},
	}
	rows, err := all(q.Read(ctx))
	if err != nil {
		return err
	}
	return expect(fmt.Sprint(rows) == "[[42 [a b] 2024-01-02]]", rows)
}

var manyRows = fmt.Sprintf("SELECT n, 'text' AS t FROM UNNEST(GENERATE_ARRAY(1, %d)) AS n", many)

func sumOf(it *bigquery.RowIterator, err error) error {
	if err != nil {
		return err
	}
	var sum, count int64
	for {
		var row struct{ N int64 }
		err := it.Next(&row)
		if errors.Is(err, iterator.Done) {
			break
		}
		if err != nil {
			return err
		}
		sum, count = sum+row.N, count+1
	}
	return expect(count == many && sum == many*(many+1)/2, count, " rows, sum ", sum)
}

func pages(ctx context.Context) error {
	return sumOf(alice.Query(manyRows).Read(ctx))
}

func dryRun(ctx context.Context) error {
	q := alice.Query("SELECT id FROM crm.users")
	q.DryRun = true
	job, err := q.Run(ctx)
	if err != nil {
		return err
	}
	statistics := job.LastStatus().Statistics.Details.(*bigquery.QueryStatistics)
	read := statistics.ReferencedTables
	return expect(len(read) == 1 && read[0].TableID == "users" && statistics.StatementType == "SELECT", statistics)
}

func laterFetch(ctx context.Context) error {
	started, err := alice.Query("SELECT id FROM crm.users ORDER BY id").Run(ctx)
	if err != nil {
		return err
	}
	found, err := connect(aliceToken).JobFromID(ctx, started.ID())
	if err != nil {
		return err
	}
	if status, err := found.Wait(ctx); err != nil || status.Err() != nil {
		return fmt.Errorf("%v %v", err, status)
	}
	rows, err := all(found.Read(ctx))
	if err != nil {
		return err
	}
	return expect(fmt.Sprint(rows) == "[[1] [2] [3]]", rows)
}

func cancel(ctx context.Context) error {
	job, err := alice.Query("SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 1000000)) a, UNNEST(GENERATE_ARRAY(1, 100000)) b" +
		" WHERE MOD(a * b, 7919) = 3").Run(ctx)
	if err != nil {
		return err
	}
	if err := job.Cancel(ctx); err != nil {
		return err
	}
	var stopped *googleapi.Error
	_, err = job.Wait(ctx)
	status, lookErr := job.Status(ctx)
	if lookErr != nil {
		return lookErr
	}
	var ended *bigquery.Error
	isStopped := errors.As(err, &stopped) && stopped.Errors[0].Reason == "stopped"
	return expect(isStopped && errors.As(status.Err(), &ended) && ended.Reason == "stopped", err, status.Err())
}

func jobs(ctx context.Context) error {
	q := bob.Query("SELECT email FROM crm.users")
	q.JobID = fmt.Sprintf("bobs-go-job-%d", time.Now().UnixNano())
	own, err := q.Run(ctx)
	if err != nil {
		return err
	}
	lists := func(client *bigquery.Client) (bool, error) {
		for it := client.Jobs(ctx); ; {
			job, err := it.Next()
			if errors.Is(err, iterator.Done) {
				return false, nil
			}
			if err != nil || job.ID() == own.ID() {
				return true, err
			}
		}
	}
	bobs, err := lists(bob)
	if err != nil {
		return err
	}
	alices, err := lists(alice)
	if err != nil {
		return err
	}
	_, err = alice.JobFromID(ctx, own.ID())
	return errors.Join(expect(bobs && !alices, bobs, alices), refused(err, http.StatusNotFound, "notFound", "Not found: Job"))
}

func schema(ctx context.Context) error {
	metadata, err := alice.Dataset("crm").Table("orders").Metadata(ctx)
	if err != nil {
		return err
	}
	names := []string{}
	for _, field := range metadata.Schema {
		names = append(names, field.Name)
	}
	_, closed := alice.Dataset("hr").Table("salaries").Metadata(ctx)
	return errors.Join(
		expect(strings.Join(names, " ") == "id user_id region amount ts", names),
		refused(closed, http.StatusForbidden, "accessDenied", "not open to your groups"),
	)
}

func rowsOfTable(ctx context.Context) error {
	table := alice.Dataset("crm").Table("users")
	rows, err := all(table.Read(ctx), nil)
	if err != nil {
		return err
	}
	return errors.Join(expect(len(rows) == 3, rows), showsNoSecret(rows))
}

func denials(ctx context.Context) error {
	_, atOnce := query(ctx, alice, "SELECT * FROM hr.salaries")
	_, later := alice.Query("SELECT * FROM hr.salaries").Run(ctx)
	return errors.Join(
		refused(atOnce, http.StatusForbidden, "accessDenied", "Datasets you may read"),
		refused(later, http.StatusForbidden, "accessDenied", "Datasets you may read"),
	)
}

func mistakes(ctx context.Context) error {
	_, text := query(ctx, alice, "SELEC 1")
	legacy := alice.Query("SELECT 1")
	legacy.UseLegacySQL = true
	_, old := legacy.Run(ctx)
	return errors.Join(
		refused(text, http.StatusBadRequest, "invalidQuery", "[1:1]"),
		refused(old, http.StatusBadRequest, "invalidQuery", ""),
	)
}

type order struct {
	ID     int64  `bigquery:"id"`
	Region string `bigquery:"region"`
}

func writes(ctx context.Context) error {
	if err := dana.Dataset("lab").Create(ctx, nil); err != nil {
		var api *googleapi.Error
		if !errors.As(err, &api) || api.Code != http.StatusConflict {
			return err
		}
	}
	shape, err := bigquery.InferSchema(order{})
	if err != nil {
		return err
	}
	table := dana.Dataset("lab").Table(fmt.Sprintf("go_orders_%d", time.Now().UnixNano()))
	if err := table.Create(ctx, &bigquery.TableMetadata{Schema: shape}); err != nil {
		return err
	}
	if _, err := query(ctx, dana, fmt.Sprintf("INSERT INTO lab.%s (id, region) VALUES (1, 'EU')", table.TableID)); err != nil {
		return err
	}
	if err := table.Inserter().Put(ctx, []order{{2, "US"}}); err != nil {
		return fmt.Errorf("insertAll: %w", err)
	}
	if err := load(ctx, table, "3,EU\n4,US\n"); err != nil {
		return fmt.Errorf("load: %w", err)
	}
	rows, err := query(ctx, dana, "SELECT id FROM lab."+table.TableID+" ORDER BY id")
	if err != nil {
		return err
	}
	return errors.Join(expect(fmt.Sprint(rows) == "[[1] [2] [3] [4]]", rows), table.Delete(ctx))
}

func load(ctx context.Context, table *bigquery.Table, rows string) error {
	shape, err := bigquery.InferSchema(order{})
	if err != nil {
		return err
	}
	source := bigquery.NewReaderSource(strings.NewReader(rows))
	source.Schema = shape
	job, err := table.LoaderFrom(source).Run(ctx)
	if err != nil {
		return err
	}
	status, err := job.Wait(ctx)
	if err != nil {
		return err
	}
	return status.Err()
}

func writesDenied(ctx context.Context) error {
	shape, err := bigquery.InferSchema(order{})
	if err != nil {
		return err
	}
	orders := alice.Dataset("crm").Table("orders")
	denied := func(err error) error { return refused(err, http.StatusForbidden, "accessDenied", "") }
	_, statement := query(ctx, alice, "DELETE FROM crm.orders WHERE TRUE")
	return errors.Join(
		denied(statement),
		denied(orders.Inserter().Put(ctx, []order{{1, "EU"}})),
		denied(load(ctx, orders, "1\n")),
		denied(orders.Delete(ctx)),
		denied(alice.Dataset("crm").Table("made").Create(ctx, &bigquery.TableMetadata{Schema: shape})),
	)
}

func storageRead(ctx context.Context) error {
	return sumOf(reads.Query(manyRows).Read(ctx))
}

func storageTable(ctx context.Context) error {
	table := reads.Dataset("crm").Table("users")
	rows, err := all(table.Read(ctx), nil)
	if err != nil {
		return err
	}
	return errors.Join(expect(len(rows) == 3, rows), showsNoSecret(rows))
}

func main() {
	alice, bob, dana, reads = connect(aliceToken), connect(bobToken), connect(danaToken), connectStorage(aliceToken)
	checks := []struct {
		name string
		run  func(context.Context) error
	}{
		{"masked columns", masked}, {"filtered rows", filtered}, {"types", types}, {"parameters", parameters},
		{"100,000 rows in pages", pages}, {"dry run", dryRun}, {"a job fetched later", laterFetch}, {"cancel", cancel},
		{"jobs", jobs}, {"schema", schema}, {"rows of a table", rowsOfTable}, {"denials", denials}, {"mistakes", mistakes},
		{"writes", writes}, {"denied writes", writesDenied},
		{"100,000 rows by the Storage Read API", storageRead}, {"a table by the Storage Read API", storageTable},
	}
	for _, check := range checks {
		began := time.Now()
		ctx, stop := context.WithTimeout(context.Background(), checkWithin)
		err := check.run(ctx)
		stop()
		line := map[string]any{"check": check.name, "ms": time.Since(began).Milliseconds(), "failure": nil}
		if err != nil {
			line["failure"] = err.Error()
		}
		text, _ := json.Marshal(line)
		fmt.Println(string(text))
	}
}
