"""What can be called over HTTP: thin methods that hand over to the services, which check who asks."""
