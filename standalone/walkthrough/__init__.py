"""The whole story of induction, played over HTTP by the people it is about, each signed in as themselves.

`rehearsal` knows the site from outside (its clock, jobs, mails), `person` one signed-in person, `texts` what
they write, `acts` the story, `papers` what is kept of it, `play` puts it on. Only HTTP, the site's configuration
file and the folder of mails are used, so the same story runs against any installation.
"""
