"""Paper: the PDFs of the service, from gathering what a record says to the finished, tagged page."""
