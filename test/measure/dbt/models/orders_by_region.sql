{{ config(materialized='table') }}
SELECT region, COUNT(*) AS orders FROM `acme-prod`.crm.orders GROUP BY region
