"""What the pages in `www/` share: how a subject is read and worded for people. One file a subject.

Rules stay in controllers and services; a file here gathers, words and lays out, and decides nothing.

    addresses.py      the address of every record's page
    cases.py          one ECT's case: opening it with the reader's rights, and what stands on its page
    case_records.py   the records of one case, each type read once;  who_can_see.py  who may read it
    home_tasks.py     "what you need to do";  home_alerts.py  what to look at;  home_people.py  whose ECTs
    next_due.py       the next day that something of an ECT falls due
    registering.py    the steps of a registration;  registration_questions.py  what each asks and how it reads
    timeline.py       what happened and what is due, in order;  timeline_picture.py  the same as a picture
    standing.py       the few figures of a case;  story.py  what was done;  what_if.py  what a change would do
    lists.py          lists of records;  report_lists.py  those with a workflow;  list_files.py  lists as CSV and PDF
    cohort_words.py   how cohorts are named;  cohort_picture.py  their bars;  governing.py  what governors see
    kept_figures.py   figures over thousands of cases, counted once a minute
    navigation.py     links, the person's role, and whom to ask, for the frame of every page
"""
