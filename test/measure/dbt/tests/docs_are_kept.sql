-- depends_on: {{ ref('continents') }}, {{ ref('large_regions') }}, {{ ref('orders_by_region') }}
-- depends_on: {{ ref('region_names') }}
SELECT kept FROM (
  SELECT COUNTIF(description IN ('Where it was "ordered"', 'Where it lies', 'Its code')) AS kept
  FROM `acme-prod`.lab.INFORMATION_SCHEMA.COLUMN_FIELD_PATHS
  WHERE (table_name = 'region_names' AND field_path = 'place.continent')
    OR (table_name IN ('continents', 'large_regions', 'orders_by_region') AND field_path = 'region')
) WHERE kept < 4
