{{ config(materialized='view') }}
SELECT region FROM {{ ref('orders_by_region') }} WHERE orders > 1
