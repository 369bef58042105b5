"""Plans, subscriptions and money: what time, people and the payment provider do to them."""
