{% snapshot regions_history %}
{{ config(target_schema='lab', unique_key='region', strategy='check', check_cols=['orders']) }}
SELECT * FROM {{ ref('orders_by_region') }}
{% endsnapshot %}
