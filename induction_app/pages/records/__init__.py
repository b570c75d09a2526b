"""Pages of the records that are written, signed and decided: one set of pages for all of them.

    kinds.py       the kinds of record: address, words, what is read, what is asked at which stage
    on_page.py     the record a page is about: found, checked for reading, logged as seen
    reading.py     a record's text, or the text of a signature, as blocks to read
    steps.py       one question at a time: single answers, one of the Teachers' Standards, rows of a table
    questions.py   fields of a record as questions, from the record type's own labels and options
    review.py, assessment.py, observation.py, plan.py, decision.py, audit.py
                   the questions of each kind of record
    evidence.py    what was recorded earlier, beside the box and for the decision
    letter.py      the wording of a notice before it goes
    examples.py    completed examples, from `examples/`

What an action does and who may take it is `induction_app.workflows`; these pages only ask and show.
"""
