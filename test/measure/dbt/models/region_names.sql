{{ config(materialized='table', cluster_by=['region']) }}
SELECT region, STRUCT(continent AS continent) AS place FROM {{ ref('continents') }}
