/** Queries over the sandbox's tables, from the least to what an analyst's tool writes. */
export const sampleQueries = {
  tiny: 'SELECT 1 AS one',
  join: `
SELECT u.region, u.email, COUNT(*) AS orders, SUM(o.amount) AS total
FROM crm.orders AS o JOIN crm.users AS u ON u.id = o.user_id
WHERE o.ts >= TIMESTAMP '2024-01-01' AND u.region IN ('EU', 'US')
GROUP BY u.region, u.email ORDER BY total DESC LIMIT 100`,
  long: `
WITH monthly AS (
  SELECT user_id, region, TIMESTAMP_TRUNC(ts, MONTH) AS month, COUNT(*) AS orders, SUM(amount) AS amount,
    AVG(amount) AS mean, MIN(amount) AS least, MAX(amount) AS most
  FROM crm.orders WHERE ts BETWEEN TIMESTAMP '2023-01-01' AND TIMESTAMP '2024-12-31' AND amount > 0
  GROUP BY user_id, region, month
), ranked AS (
  SELECT m.*, RANK() OVER (PARTITION BY region, month ORDER BY amount DESC) AS place,
    LAG(amount) OVER (PARTITION BY user_id ORDER BY month) AS before,
    SUM(amount) OVER (PARTITION BY user_id ORDER BY month ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS running
  FROM monthly AS m
), events AS (
  SELECT user_id, COUNTIF(kind = 'view') AS views, COUNTIF(kind = 'click') AS clicks FROM (
    SELECT user_id, kind FROM crm.events_20240101 UNION ALL SELECT user_id, kind FROM crm.events_20240102
  ) GROUP BY user_id
), named AS (
  SELECT u.id, u.name, u.email, u.region, u.profile.phone AS phone, u.profile.birth AS birth, a.city,
    CASE WHEN u.region = 'EU' THEN 'home' WHEN u.region IN ('US', 'CA') THEN 'west' ELSE 'other' END AS area
  FROM crm.users AS u LEFT JOIN UNNEST(u.addresses) AS a WITH OFFSET AS position WHERE position = 0 OR position IS NULL
)
SELECT n.area, n.city, r.month, n.email, COALESCE(e.views, 0) AS views, COALESCE(e.clicks, 0) AS clicks,
  SUM(r.amount) AS amount, SUM(IF(r.place <= 10, r.amount, 0)) AS top_amount, COUNT(DISTINCT n.id) AS users,
  SAFE_DIVIDE(SUM(r.amount) - SUM(r.before), NULLIF(SUM(r.before), 0)) AS growth,
  STRING_AGG(DISTINCT CONCAT(n.name, ' (', CAST(r.place AS STRING), ')'), '; ' LIMIT 5) AS leaders,
  APPROX_QUANTILES(r.running, 4)[OFFSET(2)] AS middle
FROM ranked AS r
JOIN named AS n ON n.id = r.user_id
LEFT JOIN events AS e ON e.user_id = n.id
WHERE r.orders BETWEEN 1 AND 500 AND n.birth IS NOT NULL AND n.name NOT LIKE 'test%'
  AND EXISTS (SELECT 1 FROM public_data.cities AS c WHERE c.name = n.city AND c.population > 100000)
  AND r.region NOT IN (SELECT country FROM public_data.cities WHERE population < 10)
GROUP BY n.area, n.city, r.month, n.email, views, clicks
HAVING SUM(r.amount) > (SELECT AVG(amount) FROM monthly)
ORDER BY r.month DESC, amount DESC, n.city LIMIT 1000`,
  'wide star': `
SELECT u.*, v.* EXCEPT (addresses), o.*, e.*, f.kind AS other_kind, c.*
FROM crm.users AS u JOIN crm.v_users AS v ON v.id = u.id JOIN crm.orders AS o ON o.user_id = u.id
JOIN crm.events_20240101 AS e ON e.user_id = u.id JOIN crm.events_20240102 AS f ON f.user_id = u.id
CROSS JOIN public_data.cities AS c`,
} as const
