-- Webhook bodies that could not be worked with, for an admin; few among many.
create index webhook_deliveries_problems on webhook_deliveries (id) where problem is not null;
