{{ config(materialized='incremental', incremental_strategy='insert_overwrite', partition_by={'field': 'day', 'data_type': 'date'}, partitions=["DATE '2024-01-01'"]) }}
SELECT DATE(ts) AS day, COUNT(*) AS orders FROM `acme-prod`.crm.orders
{% if is_incremental() %} WHERE DATE(ts) >= DATE '2024-01-01' {% endif %}
GROUP BY 1
