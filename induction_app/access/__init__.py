"""Who reaches which rows: positions people hold, the rows those cover, and the record of who looked."""
