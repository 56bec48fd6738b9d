{{ config(materialized='incremental', unique_key='id') }}
SELECT id, region, ts FROM `acme-prod`.{{ var('source', 'crm.orders') }}
{% if is_incremental() %} WHERE ts >= (SELECT MAX(ts) FROM {{ this }}) {% endif %}
