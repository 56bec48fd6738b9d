SELECT id FROM `acme-prod`.crm.orders WHERE id NOT IN (SELECT id FROM {{ ref('order_log') }})
